import type { TSchema } from '@sinclair/typebox'
import type { FastifyBaseLogger } from 'fastify'
import type { AuthEvent } from '../events/auth-event.js'
import type { BearerCredential } from '../http/bearer-credential.js'
import type { RoleSource } from '../http/role-source.js'
import type { UserRecord } from '../storage/records.js'
import type { StorageMethods } from '../storage/storage-methods.js'
import type { Keyring } from '../tokens/keyring.js'
import type { Sealer } from '../tokens/sealer.js'
import type { UserAdditions } from './accounts/port.js'
import type { Dependencies } from './dependencies.js'
import type { InvitedSignUpSource } from './invited-sign-up-source.js'
import type { OrganizationAdministration } from './organization-administration.js'
import type { ProofSource } from './proof-source.js'
import type { RouteDependencies, RouteScope } from './route-dependencies.js'

/** A component with a life of its own. */
export interface Component {
  /** Runs in `onReady`, before the first request. */
  start?(): Promise<void> | void
  /** Runs in `preClose`, before every `onClose` hook: the application may end its pool in one of them. */
  beforeClose?(): Promise<void>
  /** Runs in `onClose`, when the last request is answered. */
  close?(): Promise<void>
}

/** The parts of an application that a feature is composed from. */
export interface FeatureContext<Options, Storage> {
  readonly options: Options
  readonly storage: Storage
  readonly log: FastifyBaseLogger
  /** Encrypts stored texts. */
  readonly sealer: Sealer
  /** Derives keys from the secrets. */
  readonly keyring: Keyring
  /** Name of the application for people. */
  readonly appName: string
  /** Path of the routes, as a browser sees it. */
  readonly routesPath: string
  readonly origins: KnownOrigins
  /** Whether `NODE_ENV` is `production`. */
  readonly isProduction: boolean
}

/** The origins of pages that belong to an application, as browsers write them. */
export interface KnownOrigins {
  /** Of `publicUrl`; `null` without it. */
  readonly own: string | null
  /** Of `publicUrl` and `trustedOrigins`. */
  readonly all: ReadonlySet<string>
}

/** What a feature adds to an application, beside its routes. */
export interface Contribution<Own extends object> {
  /** Further dependencies of its routes, beside those that every route has. */
  readonly own: Own
  /** Called with the ids of API keys that have ended or changed, in this process or another. */
  forgetApiKeys?(apiKeyIds: readonly string[]): void
  /** Writes what it has buffered of events. */
  flushEvents?(): Promise<void>
  /** Called with every event. Must not throw. */
  noteEvent?(event: AuthEvent): void
  /** Further proofs of who a user is, beside the password. */
  proofs?(dependencies: Dependencies): ProofSource
  /** Creates the users who sign up with an invitation. */
  invitedSignUp?(dependencies: Dependencies): InvitedSignUpSource
  /** What the creation of a user also writes. */
  additionsOf?(user: UserRecord): UserAdditions
  /** Determines the roles of users in organisations, for guards. */
  readonly roleSource?: RoleSource
  /** Functions with which the application changes organisations. */
  administerOrganizations?(dependencies: Dependencies): OrganizationAdministration
  /** A further kind of bearer token. */
  credential?(dependencies: Dependencies): BearerCredential
  readonly component?: Component
}

/** A route of a feature, with the feature's own dependencies. */
export type FeatureRoute<Own extends object> = (
  scope: RouteScope,
  dependencies: RouteDependencies & { readonly dependencies: Dependencies & Own },
) => void

/** A route that exists only with some options. */
export interface ConditionalRoute<Options, Own extends object> {
  readonly route: FeatureRoute<Own>
  isOn(options: Options): boolean
}

export interface FeatureDefinition<Options, Storage, Own extends object> {
  /** The name of its folders in `lib/features`, `schemas` and `test`. */
  readonly name: string
  /** Whether the options switch it on. By default, it always is. */
  isOn?(options: Options): boolean
  /** The schemas with a name in the OpenAPI document. */
  readonly schemas: readonly TSchema[]
  /** The methods of the storage that it needs. */
  readonly storageMethods: StorageMethods
  /** Its routes, in the order of the OpenAPI document. */
  readonly routes: readonly (FeatureRoute<Own> | ConditionalRoute<Options, Own>)[]
  /** The pages that mailed links open: behind its routes in the OpenAPI document, and no operations of clients. */
  readonly pageRoutes?: readonly (FeatureRoute<Own> | ConditionalRoute<Options, Own>)[]
  /** Routes at the root of the application, without the prefix of the others: those below `/.well-known`. */
  readonly rootRoutes?: readonly (FeatureRoute<Own> | ConditionalRoute<Options, Own>)[]
  compose?(context: FeatureContext<Options, Storage>): Contribution<Own>
}

/** A feature in an application. */
export interface ComposedFeature extends Omit<Contribution<object>, 'own'> {
  addRoutes(scope: RouteScope, dependencies: RouteDependencies): void
  /** `null`: it has no routes at the root. */
  readonly addRootRoutes: ((scope: RouteScope, dependencies: RouteDependencies) => void) | null
}

/** A feature: the manifest from which the composition, the documents and the tests derive everything about it. */
export interface Feature<Options, Storage, Own extends object = object>
  extends Pick<FeatureDefinition<Options, Storage, Own>, 'name' | 'schemas' | 'storageMethods'> {
  /** All its routes, those that only some options add and those at the root included, without pages. */
  readonly routes: readonly object[]
  isOn(options: Options): boolean
  compose(context: FeatureContext<Options, Storage>): ComposedFeature & { readonly own: Own }
}
