import { allowedHashers, type HasherSetting, hasherForTests, isHasherSetting } from '../passwords/hasher-setting.js'
import type { Environment } from './read-environment.js'
import { readSecretList } from './read-secret-list.js'
import { mustBe } from './read-variable.js'

/** What PASSWORD_HASHER and HASHER_SECRET_KEY say of the option `passwords`. */
export interface PasswordHashing {
  /** `undefined`: the plugin chooses. */
  readonly hasher: HasherSetting | undefined
  /** `undefined`: passwords are hashed as they are. */
  readonly pepper: readonly string[] | undefined
}

/** The hasher for tests is none for accounts, which a command line makes and a server keeps. */
function isForServers(setting: string): setting is HasherSetting {
  return setting !== hasherForTests && isHasherSetting(setting)
}

/** @throws {Error} A sentence that names the variable and what it may be. */
export function readPasswordHashing(environment: Environment): PasswordHashing {
  const { PASSWORD_HASHER: hasher } = environment
  if (hasher !== undefined && !isForServers(hasher)) throw mustBe('PASSWORD_HASHER', allowedHashers)
  return { hasher, pepper: readSecretList(environment, 'HASHER_SECRET_KEY') }
}
