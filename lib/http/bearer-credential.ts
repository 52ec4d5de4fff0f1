import type { Introspection } from '../../schemas/sessions/introspect-token.js'
import type { EpochMilliseconds } from '../storage/records.js'
import type { RequestOrigin } from '../telemetry/request-origin.js'
import type { Authentication } from './authentication.js'

/** A credential that was sent as a bearer token. */
export interface PresentedCredential {
  readonly token: string
  /** Called only if the credential is refused. */
  client(): RequestOrigin
  readonly now: EpochMilliseconds
}

/** A kind of bearer token beside the access token. A feature contributes it. */
export interface BearerCredential {
  /** Returns whether the text has the form of this kind: then no other kind is tried. */
  isOfThisKind(token: string): boolean
  /** Returns no promise if the result is available immediately. @throws {FastAuthError} The credential is refused. */
  authenticate(presented: PresentedCredential): Authentication | Promise<Authentication>
  /** Returns the state of the token from the storage. */
  introspect(token: string, now: EpochMilliseconds): Promise<Introspection>
}
