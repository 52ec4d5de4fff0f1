import type { OutboxMessageRecord, Storage, StorageOfSomeFeatures } from '../../lib/composition/storage.js'
import type { OptionalFeature } from '../../lib/conformance/index.js'

interface WithMail {
  readonly token?: object | null
  readonly messages: readonly OutboxMessageRecord[]
}

/** Refuses what an application without e-mail never stores. */
function assertNoMail({ token = null, messages }: WithMail): void {
  if (token !== null || messages.length > 0) throw new TypeError('This storage has no tokens and no messages')
}

function usersWithoutEmail({ users }: Storage): Storage['users'] {
  return {
    ...users,
    async create(request) {
      assertNoMail(request)
      return users.create(request)
    },
    async changePassword(request) {
      assertNoMail(request)
      return users.changePassword(request)
    },
  }
}

function invitationsWithoutEmail({ invitations }: Storage): Storage['invitations'] {
  return {
    ...invitations,
    async issue(request) {
      assertNoMail(request)
      return invitations.issue(request)
    },
    async signUp(request) {
      assertNoMail(request)
      return invitations.signUp(request)
    },
  }
}

/** Omits the ids of API keys from the answers. */
function usersWithoutApiKeys(users: Storage['users']): Storage['users'] {
  return {
    ...users,
    async disable(request) {
      const answer = await users.disable(request)
      if (answer.outcome !== 'disabled') return answer
      const { apiKeyIds: _, ...others } = answer
      return others
    },
    async delete(request) {
      const answer = await users.delete(request)
      if (answer.outcome !== 'deleted') return answer
      const { deletedApiKeyIds: _, ...others } = answer
      return others
    },
  }
}

/** The groups of organisations, without the ids of API keys in the answers. */
function organizationsWithoutApiKeys({ organizations, memberships }: Storage) {
  return {
    organizations: {
      ...organizations,
      async delete(request) {
        const answer = await organizations.delete(request)
        if (answer.outcome !== 'deleted') return answer
        const { apiKeyIds: _, ...others } = answer
        return others
      },
    } satisfies Storage['organizations'],
    memberships: {
      ...memberships,
      async changeRole(request) {
        const answer = await memberships.changeRole(request)
        if (answer.outcome !== 'changed') return answer
        const { apiKeyIds: _, ...others } = answer
        return others
      },
      async end(request) {
        const answer = await memberships.end(request)
        if (answer.outcome !== 'ended') return answer
        const { apiKeyIds: _, ...others } = answer
        return others
      },
    } satisfies Storage['memberships'],
  }
}

function organizationsOf(storage: Storage, hasKeys: boolean, hasEmail: boolean) {
  const { organizations, memberships, invitations } = storage
  return {
    ...(hasKeys ? { organizations, memberships } : organizationsWithoutApiKeys(storage)),
    invitations: hasEmail ? invitations : invitationsWithoutEmail(storage),
  }
}

/** The same storage without the groups of other optional features, as if its author had not written them. */
export function partialStorage(storage: Storage, features: readonly OptionalFeature[]): StorageOfSomeFeatures {
  const { apiKeys, events, identities, oneTimeTokens, outbox, ...others } = storage
  const { passkeys, providerFlows, secondFactors, signInCodes, ...more } = others
  const { organizations: _, memberships: __, invitations: ___, ...core } = more
  const [hasKeys, hasEmail] = [features.includes('api-keys'), features.includes('email')]
  const users = hasEmail ? core.users : usersWithoutEmail(storage)
  return {
    ...core,
    users: hasKeys ? users : usersWithoutApiKeys(users),
    ...(hasKeys && { apiKeys }),
    ...(features.includes('audit-log') && { events }),
    ...(features.includes('passkeys') && { passkeys }),
    ...(features.includes('providers') && { identities, providerFlows }),
    ...(features.includes('second-factor') && { secondFactors }),
    ...(features.includes('email-codes') && { signInCodes }),
    ...(features.includes('organizations') && organizationsOf(storage, hasKeys, hasEmail)),
    ...(hasEmail && { oneTimeTokens, outbox }),
  }
}
