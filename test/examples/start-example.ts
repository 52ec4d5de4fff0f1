import { spawn } from 'node:child_process'
import { resolve } from 'node:path'
import type { Test } from 'tap'
import { secret } from '../support/secret.js'

const typescript = `--import=${new URL('../typescript/register.js', import.meta.url)}`

/** Starts an example in an empty folder; it ends with the test. Its URL. */
export function startExample(t: Test, name: string, settings: Record<string, string> = {}): Promise<string> {
  const env = { PATH: process.env.PATH, AUTH_SECRET: secret, PORT: '0', ...settings }
  const child = spawn(process.execPath, [typescript, resolve('examples', name)], { cwd: t.testdir(), env })
  t.teardown(() => child.kill())
  return new Promise((found, failed) => {
    child.stderr.on('data', text => failed(new Error(String(text))))
    child.stdout.on('data', text => {
      const address = /Listening on (\S+)/.exec(String(text))?.[1]
      if (address !== undefined) found(address)
    })
  })
}
