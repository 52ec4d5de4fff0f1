import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { composePasswordDependencies } from '../composition/compose-passwords.js'
import { resolveOptions } from '../composition/options/resolve-options.js'
import type { Storage } from '../composition/storage.js'
import { createUser as create } from '../features/accounts/create-user.js'
import type { CliContext } from './cli-context.js'
import { onDatabase } from './on-database.js'
import { readAdditions } from './organization-variables.js'
import { readPasswordHashing } from './password-hashing.js'
import { readEnvironment } from './read-environment.js'
import { readHiddenLine } from './read-hidden-line.js'

export interface CreateUserWords {
  /** The address. */
  readonly key?: string | undefined
  readonly confirmed?: boolean | undefined
  readonly username?: string | undefined
  /** Relative to the working directory. `-`, the default, is stdin. */
  readonly 'password-file'?: string | undefined
}

/** Reads the first line, since editors add a line end to the last line. */
async function readPassword(context: CliContext, file: string): Promise<string> {
  if (file === '-') return readHiddenLine(context, 'password')
  const path = resolve(context.cwd(), file)
  const text = await readFile(path, 'utf8').catch(cause => {
    throw new Error(`Cannot read ${path}: ${(cause as Error).message}`, { cause })
  })
  return text.split(/\r?\n/, 1).join('')
}

/** Hashes and checks passwords with the same settings as `fast-auth serve`. */
function passwordDependencies(context: CliContext, storage: Storage) {
  const passwords = readPasswordHashing(readEnvironment(context))
  // A random secret is enough: this command signs nothing.
  const secrets = [randomBytes(32).toString('hex')]
  return composePasswordDependencies(resolveOptions({ secrets, storage, passwords }, { isProduction: false }))
}

/**
 * `fast-auth user create`: creates a user. Reads the password from stdin or a file; the password must satisfy the rules of a
 * sign-up.
 */
export async function createUser(
  context: CliContext,
  { key: email = '', username, confirmed: emailConfirmed = false, 'password-file': file = '-' }: CreateUserWords,
): Promise<number> {
  return onDatabase(context, async dependencies => {
    const creating = {
      ...dependencies,
      ...(await passwordDependencies(context, dependencies.storage)),
      profileRules: null,
      additionsOf: readAdditions(readEnvironment(context)),
    }
    const password = await readPassword(context, file)
    const named = username === undefined ? {} : { username }
    const creation = await create(creating, { email, password, emailConfirmed, ...named }, Date.now())
    if (creation.outcome === 'emailTaken') throw new Error('A user with this address already exists.')
    if (creation.outcome !== 'created') throw new Error('A user with this user name already exists.')
    return `Created user ${creation.user.id} with the address ${creation.user.email}.`
  })
}
