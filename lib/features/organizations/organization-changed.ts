import { eventContext } from '../../events/event-context.js'
import { runAfterHook } from '../../hooks/call-hook.js'
import type { InvitationChangeHookContext, OrganizationChangeHookContext } from '../../hooks/organization-hooks.js'
import type { Dependencies } from '../dependencies.js'
import type { ChangeRequest } from './membership-changed.js'
import type { InvitationRecord, OrganizationRecord } from './port.js'

type HookDependencies = Pick<Dependencies, 'emit' | 'hooks'>

/** Follows every change of an organisation: emits the event and calls the hook. */
export async function organizationChanged(
  dependencies: HookDependencies,
  { id, name, kind }: OrganizationRecord,
  reason: OrganizationChangeHookContext['reason'],
  { userId, sessionId, client, now }: ChangeRequest,
): Promise<void> {
  const context = eventContext({ userId, sessionId, client, now })
  dependencies.emit({ name: 'organization_change', organizationId: id, reason, ...context })
  const organization = { id, name, kind }
  await runAfterHook(dependencies, 'afterOrganizationChange', { userId, organization, reason, client, now })
}

/** Follows every change of an invitation, apart from its acceptance: emits the event and calls the hook. */
export async function invitationChanged(
  dependencies: HookDependencies,
  { id: invitationId, organizationId, email, role }: InvitationRecord,
  reason: InvitationChangeHookContext['reason'],
  { userId, sessionId, client, now }: Omit<ChangeRequest, 'userId'> & { readonly userId: string | null },
): Promise<void> {
  const context = eventContext({ userId, sessionId, client, now })
  dependencies.emit({ name: 'organization_invitation_change', organizationId, invitationId, reason, ...context })
  const invitation = { id: invitationId, organizationId, email, role }
  await runAfterHook(dependencies, 'afterInvitationChange', { invitation, reason, client, now })
}
