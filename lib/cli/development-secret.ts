import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { secretFault } from '../composition/options/known-secrets.js'
import { newSecret } from './secret.js'

export interface DevelopmentSecret {
  readonly secret: string
  readonly file: string
}

const waitMilliseconds = 20
const maximumWaits = 50

/** Creates the file with `wx`: of several processes one creates it, and the others get EEXIST. */
async function makeFile(folder: string, file: string): Promise<void> {
  await mkdir(folder, { mode: 0o700, recursive: true })
  try {
    await writeFile(file, `${newSecret()}\n`, { flag: 'wx', mode: 0o600 })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
}

/** Waits for the content: the process that created the file may not have written to it yet. */
async function readSecret(file: string): Promise<string> {
  for (let waits = 0; waits < maximumWaits; waits += 1) {
    const secret = (await readFile(file, 'utf8')).trim()
    if (secretFault(secret) === null) return secret
    await sleep(waitMilliseconds)
  }
  throw new Error('it contains no secret of 32 characters or more. Delete it; the next start creates a new one')
}

/**
 * Returns the secret of a server without a configured one, for development only. The first start creates it in
 * `.fast-auth/secret`, so sessions survive a restart. Servers that start concurrently in one folder get the same secret.
 * @throws {Error} The file cannot be created or read, or contains something else.
 */
export async function developmentSecret(workingDirectory: string): Promise<DevelopmentSecret> {
  const folder = join(workingDirectory, '.fast-auth')
  const file = join(folder, 'secret')
  try {
    await makeFile(folder, file)
    return { secret: await readSecret(file), file }
  } catch (cause) {
    throw new Error(`Cannot keep the development secret in ${file}: ${(cause as Error).message}`, { cause })
  }
}
