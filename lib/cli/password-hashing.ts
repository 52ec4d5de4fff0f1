import { allowedHashers, type HasherSetting, hasherForTests, isHasherSetting } from '../hashing/hasher-setting.js'
import type { Environment } from './read-environment.js'
import { readSecretList } from './read-secret-list.js'
import { mustBe } from './read-variable.js'

/** The settings of the option `passwords` from PASSWORD_HASHER and HASHER_SECRET_KEY. */
export interface PasswordHashing {
  /** If `undefined`, the plugin uses its default. */
  readonly hasher: HasherSetting | undefined
  /** If `undefined`, passwords are hashed without a pepper. */
  readonly pepper: readonly string[] | undefined
}

/** Excludes the hasher for tests, which must not protect real accounts. */
function isForServers(setting: string): setting is HasherSetting {
  return setting !== hasherForTests && isHasherSetting(setting)
}

/** @throws {Error} A variable is invalid; the message names it and its allowed values. */
export function readPasswordHashing(environment: Environment): PasswordHashing {
  const { PASSWORD_HASHER: hasher } = environment
  if (hasher !== undefined && !isForServers(hasher)) throw mustBe('PASSWORD_HASHER', allowedHashers)
  return { hasher, pepper: readSecretList(environment, 'HASHER_SECRET_KEY') }
}
