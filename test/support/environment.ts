import type { Test } from 'tap'

function assign(name: string, value: string | undefined): void {
  if (value === undefined) Reflect.deleteProperty(process.env, name)
  else process.env[name] = value
}

/** Sets environment variables for the time of a test; `undefined` removes one. Tests share their process with other files. */
export function setEnvironment(t: Test, variables: Readonly<Record<string, string | undefined>>): void {
  for (const [name, value] of Object.entries(variables)) {
    const before = process.env[name]
    t.teardown(() => assign(name, before))
    assign(name, value)
  }
}
