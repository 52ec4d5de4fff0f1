import { LastOwnerError, OrganizationNotFoundError, RoleRequiredError } from '../../errors/index.js'
import type { Dependencies } from '../dependencies.js'
import { endOfAskingSession } from '../sessions/end-of-asking-session.js'
import type { MembershipDecision } from './decide-membership.js'
import { MemberNotFoundError, PersonalOrganizationError } from './errors.js'

const errors = {
  unknown: OrganizationNotFoundError,
  forbidden: RoleRequiredError,
  personal: PersonalOrganizationError,
  unknownMember: MemberNotFoundError,
  lastOwner: LastOwnerError,
} as const satisfies Record<Exclude<MembershipDecision, 'allowed'>, unknown>

/** Why the storage refuses a change. */
export type ChangeRefusal = keyof typeof errors | 'sessionEnded'

/** Returns the error with which a refused change is answered. */
export function refusalOf(
  dependencies: Pick<Dependencies, 'revokedSessions'>,
  outcome: ChangeRefusal,
  sessionId: string,
): Error {
  return outcome === 'sessionEnded' ? endOfAskingSession(dependencies, sessionId) : new errors[outcome]()
}
