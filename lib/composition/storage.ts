import type { ApiKeyStore } from '../features/api-keys/port.js'
import type { EventStore } from '../features/audit-log/port.js'
import type { BaseStorage } from '../features/base-storage.js'
import type { SignInCodeStore } from '../features/email-codes/port.js'
import type { InvitationStore, MembershipStore, OrganizationStore } from '../features/organizations/port.js'
import type { PasskeyStore } from '../features/passkeys/port.js'
import type { IdentityStore, ProviderFlowStore } from '../features/providers/port.js'
import type { SecondFactorStore } from '../features/second-factor/port.js'

export type * from '../features/accounts/plan-profile-update.js'
export { planProfileUpdate } from '../features/accounts/plan-profile-update.js'
export type * from '../features/accounts/port.js'
export type * from '../features/api-keys/api-key-record.js'
export type * from '../features/api-keys/plan-api-key-roll.js'
export { planApiKeyRoll } from '../features/api-keys/plan-api-key-roll.js'
export type * from '../features/api-keys/port.js'
export type * from '../features/audit-log/event-record.js'
export type * from '../features/audit-log/port.js'
export type * from '../features/base-storage.js'
export type * from '../features/email/port.js'
export type * from '../features/email-codes/port.js'
export type * from '../features/organizations/decide-membership.js'
export { decideMembership, isInvitationLive } from '../features/organizations/decide-membership.js'
export type * from '../features/organizations/port.js'
export type { BuiltInRole, OwnRoles } from '../features/organizations/roles.js'
export { classifyPasskeyUse } from '../features/passkeys/classify-passkey-use.js'
export type * from '../features/passkeys/port.js'
export type * from '../features/passwords/port.js'
export type * from '../features/providers/port.js'
export { classifyTotpStep } from '../features/second-factor/classify-totp-step.js'
export type * from '../features/second-factor/port.js'
export type * from '../features/sessions/classify-rotation.js'
export { classifyRotation } from '../features/sessions/classify-rotation.js'
export { joinMethods } from '../features/sessions/join-methods.js'
export type * from '../features/sessions/port.js'
export type * from '../storage/asking-session.js'
export { askingOf, mayAsk } from '../storage/asking-session.js'
export type * from '../storage/outbox-store.js'
export type * from '../storage/purge.js'
export type * from '../storage/records.js'
export type * from '../storage/revocation-store.js'
export type * from '../storage/storage-kernel.js'
export type * from '../storage/user-profile.js'

/**
 * The storage port: the operations that fast-auth requires of a database. It takes records and returns facts. Each method is
 * one atomic step, and every later call on every connection sees its effect. A method that fails rejects with the database's
 * own error. It has then done nothing, or everything if only the reply was lost.
 *
 * An adapter never reads a clock (instants are arguments) and never generates an id. It never decides what is an error for a
 * user, and compares every string byte for byte. Test one with `fast-auth/conformance`.
 */
export interface Storage extends BaseStorage {
  readonly apiKeys: ApiKeyStore
  readonly events: EventStore
  readonly secondFactors: SecondFactorStore
  readonly passkeys: PasskeyStore
  readonly signInCodes: SignInCodeStore
  readonly identities: IdentityStore
  readonly providerFlows: ProviderFlowStore
  readonly organizations: OrganizationStore
  readonly memberships: MembershipStore
  readonly invitations: InvitationStore
}

/** A storage that may lack the groups of features that are off. `oneTimeTokens` and `outbox` belong to the option `email`. */
export type StorageOfSomeFeatures = Omit<BaseStorage, 'oneTimeTokens' | 'outbox'> & Partial<Storage>
