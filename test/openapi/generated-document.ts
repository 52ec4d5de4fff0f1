import { openapi } from '../../lib/cli/openapi.js'

/** The output of `fast-auth openapi`. */
export async function generatedDocument(): Promise<string> {
  const written: string[] = []
  const stdout = { write: (text: string) => written.push(text) }
  const { stdin, stderr } = process
  await openapi({ env: {}, stdin, stdout, stderr, cwd: process.cwd, on: () => undefined }, {})
  return written.join('')
}
