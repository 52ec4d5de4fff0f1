import t from 'tap'
import { conformanceTitlesNeeding } from '../../lib/conformance/index.js'
import { memoryStorage } from '../../lib/engines/memory.js'
import { failureOf } from './fixtures/failure-of.js'
import { listeningStorage } from './fixtures/listening-storage.js'
import { wrongAdoptions } from './fixtures/wrong-adoptions.js'
import { wrongAskingSessions } from './fixtures/wrong-asking-sessions.js'
import { wrongDecisions } from './fixtures/wrong-decisions.js'
import { wrongDisabling } from './fixtures/wrong-disabling.js'
import { wrongEmailCodeProofs } from './fixtures/wrong-email-code-proofs.js'
import { wrongEmailCodeRaces } from './fixtures/wrong-email-code-races.js'
import { wrongEmailCodeRemains } from './fixtures/wrong-email-code-remains.js'
import { wrongEndedInvitations } from './fixtures/wrong-ended-invitations.js'
import { wrongEvents } from './fixtures/wrong-events.js'
import { wrongExactness } from './fixtures/wrong-exactness.js'
import { wrongFactorRaces } from './fixtures/wrong-factor-races.js'
import { wrongFeed } from './fixtures/wrong-feed.js'
import { wrongFoundPasskeys } from './fixtures/wrong-found-passkeys.js'
import { wrongIdentities } from './fixtures/wrong-identities.js'
import { wrongIdentityProofs } from './fixtures/wrong-identity-proofs.js'
import { wrongIdentityRaces } from './fixtures/wrong-identity-races.js'
import { wrongIdentitySignUps } from './fixtures/wrong-identity-sign-ups.js'
import { wrongIdsAndHashes } from './fixtures/wrong-ids-and-hashes.js'
import { wrongInvitationAcceptances } from './fixtures/wrong-invitation-acceptances.js'
import { wrongInvitationPurges } from './fixtures/wrong-invitation-purges.js'
import { wrongInvitations } from './fixtures/wrong-invitations.js'
import { wrongInvitedSignUps } from './fixtures/wrong-invited-sign-ups.js'
import { wrongMemberInvitations } from './fixtures/wrong-member-invitations.js'
import { wrongMemberSessions } from './fixtures/wrong-member-sessions.js'
import { wrongMemberships } from './fixtures/wrong-memberships.js'
import { wrongOrder } from './fixtures/wrong-order.js'
import { wrongOrganizationKeys } from './fixtures/wrong-organization-keys.js'
import { wrongOrganizationLists } from './fixtures/wrong-organization-lists.js'
import { wrongOrganizationRaces } from './fixtures/wrong-organization-races.js'
import { wrongOrganizationRemains } from './fixtures/wrong-organization-remains.js'
import { wrongOrganizations } from './fixtures/wrong-organizations.js'
import { wrongOutbox } from './fixtures/wrong-outbox.js'
import { wrongOwnerRaces } from './fixtures/wrong-owner-races.js'
import { wrongPasskeyProofs } from './fixtures/wrong-passkey-proofs.js'
import { wrongPasskeyRaces } from './fixtures/wrong-passkey-races.js'
import { wrongPasskeyRemains } from './fixtures/wrong-passkey-remains.js'
import { wrongPasskeyRemovals } from './fixtures/wrong-passkey-removals.js'
import { wrongPasskeySessions } from './fixtures/wrong-passkey-sessions.js'
import { wrongPasskeys } from './fixtures/wrong-passkeys.js'
import { wrongPersonalOrganizations } from './fixtures/wrong-personal-organizations.js'
import { wrongPresentedInvitations } from './fixtures/wrong-presented-invitations.js'
import { wrongProofs } from './fixtures/wrong-proofs.js'
import { wrongProvenAddresses } from './fixtures/wrong-proven-addresses.js'
import { wrongProvenInviters } from './fixtures/wrong-proven-inviters.js'
import { wrongProviderFlows } from './fixtures/wrong-provider-flows.js'
import { wrongPush } from './fixtures/wrong-push.js'
import { wrongRaces } from './fixtures/wrong-races.js'
import { wrongReauthentications } from './fixtures/wrong-reauthentications.js'
import { wrongRecoveryCodes } from './fixtures/wrong-recovery-codes.js'
import { wrongRemains } from './fixtures/wrong-remains.js'
import { wrongSecondFactors } from './fixtures/wrong-second-factors.js'
import { wrongSessionLimits } from './fixtures/wrong-session-limits.js'
import { wrongSessions } from './fixtures/wrong-sessions.js'
import { wrongSessionsOfMembers } from './fixtures/wrong-sessions-of-members.js'
import { wrongSignInCodeTrials } from './fixtures/wrong-sign-in-code-trials.js'
import { wrongSignInCodes } from './fixtures/wrong-sign-in-codes.js'
import { wrongSteps } from './fixtures/wrong-steps.js'
import { wrongTokensAndKeys } from './fixtures/wrong-tokens-and-keys.js'
import { wrongUnlinkings } from './fixtures/wrong-unlinkings.js'
import { wrongUsernames } from './fixtures/wrong-usernames.js'
import { wrongUsers } from './fixtures/wrong-users.js'

const wrongStorages = [
  ...wrongUsers,
  ...wrongIdsAndHashes,
  ...wrongUsernames,
  ...wrongDisabling,
  ...wrongSessions,
  ...wrongSessionLimits,
  ...wrongAskingSessions,
  ...wrongTokensAndKeys,
  ...wrongFeed,
  ...wrongOutbox,
  ...wrongEvents,
  ...wrongExactness,
  ...wrongOrder,
  ...wrongRaces,
  ...wrongRemains,
  ...wrongReauthentications,
  ...wrongProofs,
  ...wrongSteps,
  ...wrongSecondFactors,
  ...wrongRecoveryCodes,
  ...wrongFactorRaces,
  ...wrongPasskeys,
  ...wrongFoundPasskeys,
  ...wrongPasskeyRemovals,
  ...wrongPasskeySessions,
  ...wrongPasskeyProofs,
  ...wrongPasskeyRaces,
  ...wrongPasskeyRemains,
  ...wrongSignInCodes,
  ...wrongSignInCodeTrials,
  ...wrongProvenAddresses,
  ...wrongEmailCodeProofs,
  ...wrongEmailCodeRaces,
  ...wrongEmailCodeRemains,
  ...wrongIdentities,
  ...wrongIdentitySignUps,
  ...wrongAdoptions,
  ...wrongUnlinkings,
  ...wrongIdentityProofs,
  ...wrongIdentityRaces,
  ...wrongProviderFlows,
  ...wrongOrganizations,
  ...wrongDecisions,
  ...wrongMemberships,
  ...wrongMemberSessions,
  ...wrongMemberInvitations,
  ...wrongProvenInviters,
  ...wrongOrganizationKeys,
  ...wrongPersonalOrganizations,
  ...wrongOrganizationLists,
  ...wrongInvitations,
  ...wrongPresentedInvitations,
  ...wrongInvitationAcceptances,
  ...wrongInvitedSignUps,
  ...wrongOrganizationRemains,
  ...wrongOrganizationRaces,
  ...wrongEndedInvitations,
  ...wrongOwnerRaces,
  ...wrongSessionsOfMembers,
  ...wrongInvitationPurges,
]

for (const { mistake, failsAt, of } of wrongStorages) {
  t.test(`a storage that ${mistake} fails at the case for it`, async t => {
    // A race may end well by chance.
    const attempts = failsAt.startsWith('race: ') ? 5 : 1
    let failure: string | null = null
    for (let attempt = 0; failure === null && attempt < attempts; attempt += 1)
      failure = await failureOf(failsAt, { storage: of(memoryStorage()) })
    t.match(failure, /: the storage (gave|answered|accepted|never)/)
  })
}

t.test('a storage whose connections don’t see each other fails at the case for it', async t => {
  const title = 'lifecycle: every connection sees the writes of the others in its next call'
  const subject = { storage: memoryStorage(), connect: async () => memoryStorage() }
  t.match(await failureOf(title, subject), /A write is seen by every later call on every connection/)
})

t.test('a storage that lacks a method fails at the case for it', async t => {
  const { ping: _, ...storage } = memoryStorage()
  const lacking = Object.assign(storage, { ping: undefined as unknown as () => Promise<void> })
  t.match(
    await failureOf('lifecycle: the storage has every method of the port', { storage: lacking }),
    /the storage gave \["ping"\]/,
  )
})

for (const { mistake, failsAt, of } of wrongPush) {
  t.test(`a storage that ${mistake} fails at the case for it`, async t => {
    const message = await failureOf(failsAt, { storage: of(memoryStorage()) }, { push: true })
    t.match(message, /: the storage (gave|never)/)
  })
}

t.test('a storage that has listen, but is tested without push, fails at the case for it', async t => {
  const title = 'revocations.listen: a storage that has it is tested with the option push'
  t.match(await failureOf(title, { storage: listeningStorage(memoryStorage()) }), /Pass the option `push: true`/)
  t.equal(await failureOf(title, { storage: listeningStorage(memoryStorage()) }, { push: true }), null)
})

t.test('a storage that notifies in time keeps the contract', async t => {
  for (const title of conformanceTitlesNeeding.push)
    t.equal(await failureOf(title, { storage: listeningStorage(memoryStorage()) }, { push: true }), null, title)
})
