import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { createUser as create } from '../operations/create-user.js'
import { settleOptions } from '../options/settle-options.js'
import { buildPasswordRooms } from '../password-rooms.js'
import type { Storage } from '../storage/storage.js'
import { onDatabase } from './on-database.js'
import { readPasswordHashing } from './password-hashing.js'
import { readEnvironment } from './read-environment.js'
import { readHiddenLine } from './read-hidden-line.js'
import type { Surroundings } from './surroundings.js'

export interface CreateUserWords {
  /** The address. */
  readonly key?: string | undefined
  readonly confirmed?: boolean | undefined
  readonly username?: string | undefined
  /** From the working directory; `-`, as without it, is stdin. */
  readonly 'password-file'?: string | undefined
}

/** The first line: an editor ends the last one too. */
async function readPassword(surroundings: Surroundings, file: string): Promise<string> {
  if (file === '-') return readHiddenLine(surroundings, 'password')
  const path = resolve(surroundings.cwd(), file)
  const text = await readFile(path, 'utf8').catch(cause => {
    throw new Error(`Cannot read ${path}: ${(cause as Error).message}`, { cause })
  })
  return text.split(/\r?\n/, 1).join('')
}

/** As `fast-auth serve` hashes passwords and looks at them. */
function passwordRooms(surroundings: Surroundings, storage: Storage) {
  const passwords = readPasswordHashing(readEnvironment(surroundings))
  // Nothing is signed here.
  const secrets = [randomBytes(32).toString('hex')]
  return buildPasswordRooms(settleOptions({ secrets, storage, passwords }, { isProduction: false }))
}

/**
 * `fast-auth user create`: makes a user whose password is read from the standard input or a file, and held to the rules of a
 * sign-up.
 */
export async function createUser(
  surroundings: Surroundings,
  { key: email = '', username, confirmed: emailConfirmed = false, 'password-file': file = '-' }: CreateUserWords,
): Promise<number> {
  return onDatabase(surroundings, async rooms => {
    const creating = { ...rooms, ...(await passwordRooms(surroundings, rooms.storage)), profileRules: null }
    const password = await readPassword(surroundings, file)
    const named = username === undefined ? {} : { username }
    const creation = await create(creating, { email, password, emailConfirmed, ...named }, Date.now())
    if (creation.outcome === 'emailTaken') throw new Error('There is a user with this address already.')
    if (creation.outcome !== 'created') throw new Error('There is a user with this user name already.')
    return `User ${creation.user.id} is created, with the address ${creation.user.email}.`
  })
}
