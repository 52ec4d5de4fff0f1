import { allowedHashers, type HasherSetting, isHasherSetting } from '../passwords/hasher-setting.js'
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

/** @throws {Error} A sentence that names the variable and what it may be. */
export function readPasswordHashing(environment: Environment): PasswordHashing {
  const { PASSWORD_HASHER: hasher } = environment
  if (hasher !== undefined && !isHasherSetting(hasher)) throw mustBe('PASSWORD_HASHER', allowedHashers)
  return { hasher, pepper: readSecretList(environment, 'HASHER_SECRET_KEY') }
}
