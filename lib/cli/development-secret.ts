import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { secretFault } from '../options/known-secrets.js'
import { newSecret } from './secret.js'

export interface DevelopmentSecret {
  readonly secret: string
  readonly file: string
}

const waitMilliseconds = 20
const maximumWaits = 50

/** With `wx`, one of several processes makes the file and the others find it: EEXIST. */
async function makeFile(folder: string, file: string): Promise<void> {
  await mkdir(folder, { mode: 0o700, recursive: true })
  try {
    await writeFile(file, `${newSecret()}\n`, { flag: 'wx', mode: 0o600 })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
}

/** Whoever made the file may not have written into it yet. */
async function readSecret(file: string): Promise<string> {
  for (let waits = 0; waits < maximumWaits; waits += 1) {
    const secret = (await readFile(file, 'utf8')).trim()
    if (secretFault(secret) === null) return secret
    await sleep(waitMilliseconds)
  }
  throw new Error('it holds no secret of 32 characters or more. Delete it to have a new one made')
}

/**
 * The secret of a server that was given none, for development only: made at the first start and kept in
 * `.fast-auth/secret`, so that sessions outlive a restart. Servers that start at once in one folder get the same.
 * @throws {Error} The file cannot be made or read, or holds something else.
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
