import type { FastifyRequest } from 'fastify'
import type { CurrentOrganization, EpochMilliseconds } from '../storage/records.js'
import type { ExtraClaims } from '../tokens/extra-claims.js'

/** The user or API key that a request comes from: handlers find it in `request.user`. */
export type AuthenticatedUser =
  | {
      readonly id: string
      readonly email: string
      readonly via: 'session'
      readonly sessionId: string
      /** What the option `claims` returned when the token was made; absent without that option. */
      readonly claims?: ExtraClaims
      /** The organisation in which the session acts, or that of the path; `null`: none. Absent without the option `organizations`. */
      readonly organization?: CurrentOrganization | null
    }
  | {
      readonly id: string
      readonly email: string
      readonly via: 'apiKey'
      readonly apiKeyId: string
      readonly scopes: readonly string[]
      /** The organisation in which the key acts; `null`: none. Absent without the option `organizations`. */
      readonly organization?: CurrentOrganization | null
    }

/** A verified credential. */
export interface Authentication {
  readonly user: AuthenticatedUser
  /** When the user last proved who they are; `null` for an API key. */
  readonly authenticatedAt: EpochMilliseconds | null
  /** Whether a second factor was given for the session. */
  readonly hasSecondFactor: boolean
}

export interface Authenticator {
  /** Returns the current state of the request's credential. Guards that run without a wait in between share one storage call. */
  authenticate(request: FastifyRequest): Authentication | Promise<Authentication>
  /** `null` without a credential, and for an invalid cookie, which a visitor cannot remove. */
  authenticateOptional(request: FastifyRequest): Authentication | null | Promise<Authentication | null>
}
