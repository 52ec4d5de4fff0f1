import type { Sealer } from '../../tokens/sealer.js'
import type { Dependencies } from '../dependencies.js'
import type { SecondFactorStore } from './port.js'

/** What the second factor adds to the dependencies of its routes. */
export interface OwnDependencies {
  readonly secondFactorStore: SecondFactorStore
  /** Encrypts the secrets of authenticator apps. */
  readonly sealer: Sealer
  /** Name of the application in authenticator apps. */
  readonly appName: string
}

/** Dependencies of the operations on second factors. */
export interface SecondFactorDependencies extends Dependencies, OwnDependencies {}
