import type { CurrentOrganization, EpochMilliseconds } from '../storage/records.js'
import type { RequestOrigin } from '../telemetry/request-origin.js'
import type { CreateUser, UserCreation } from './accounts/port.js'

/** A live invitation to the address of a new user. */
export interface InvitedSignUp {
  /** The organisation of which the user becomes a member. */
  readonly organization: CurrentOrganization
  /**
   * Stores the user and the membership in one step, and consumes the invitation.
   * @throws {OneTimeTokenInvalidError} It was consumed or withdrawn meanwhile. @throws {OrganizationFullError}
   */
  create(request: CreateUser): Promise<UserCreation>
  /** Follows the sign-up: emits the event of the membership and calls its hook. */
  joined(about: {
    readonly userId: string
    readonly sessionId: string | null
    readonly client: RequestOrigin
    readonly now: EpochMilliseconds
  }): Promise<void>
}

/** Reads the invitation with which a user signs up. */
export interface InvitedSignUpSource {
  /**
   * Returns the invitation. Consumes nothing.
   * @param email the canonical address with which the user signs up
   * @throws {OneTimeTokenInvalidError} There is no live invitation with this token to this address.
   */
  find(token: string, email: string, now: EpochMilliseconds): Promise<InvitedSignUp>
}
