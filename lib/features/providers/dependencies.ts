import type { Sealer } from '../../tokens/sealer.js'
import type { Dependencies } from '../dependencies.js'
import type { FeatureRoute } from '../feature.js'
import type { ReturnPlaces } from './accepted-return-to.js'
import type { ConnectedProvider, ProviderSettings } from './options.js'
import type { IdentityStore, ProviderFlowStore } from './port.js'

/** What providers add to the dependencies of their routes. */
export interface OwnDependencies {
  readonly identities: IdentityStore
  readonly providerFlows: ProviderFlowStore
  readonly providerSettings: ProviderSettings
  /** The providers of the application by name. */
  readonly connectedProviders: ReadonlyMap<string, ConnectedProvider>
  readonly returnPlaces: ReturnPlaces
  /** Seals flows, results and sign-ups that wait. */
  readonly sealer: Sealer
  /** Whether an account needs profile fields, which no provider gives. */
  readonly needsProfile: boolean
  /** The path of the routes, as a browser sees it. */
  readonly routesPath: string
  sleep(milliseconds: number): Promise<void>
}

/** Dependencies of the operations with providers. */
export interface ProviderDependencies extends Dependencies, OwnDependencies {}

/** A route of providers. */
export type ProviderRoute = FeatureRoute<OwnDependencies>
