import { OneTimeTokenInvalidError } from '../../errors/index.js'
import type { EpochMilliseconds } from '../../storage/records.js'
import type { RequestOrigin } from '../../telemetry/request-origin.js'
import { presentedHash } from '../email/mailed-token.js'
import type { OrganizationDependencies } from './dependencies.js'
import { invitationChanged } from './organization-changed.js'

export interface DeclineInvitation {
  readonly token: string
  readonly client: RequestOrigin
  readonly now: EpochMilliseconds
}

/** Declines an invitation, at the request of the client that has its token. @throws {OneTimeTokenInvalidError} */
export async function declineInvitation(
  dependencies: Pick<OrganizationDependencies, 'emit' | 'hooks' | 'invitationStore' | 'organizationSettings'>,
  { token, client, now }: DeclineInvitation,
): Promise<void> {
  const { ownRoles } = dependencies.organizationSettings
  const declined = await dependencies.invitationStore.decline({ hash: presentedHash(token), ownRoles, now })
  if (declined.outcome === 'invalid') throw new OneTimeTokenInvalidError()
  const request = { userId: null, sessionId: null, client, now }
  await invitationChanged(dependencies, declined.invitation, 'invitation_declined', request)
}
