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

/** The same storage without the groups of other optional features, as if its author had not written them. */
export function partialStorage(storage: Storage, features: readonly OptionalFeature[]): StorageOfSomeFeatures {
  const { apiKeys, events, identities, oneTimeTokens, outbox, ...others } = storage
  const { passkeys, providerFlows, secondFactors, signInCodes, ...core } = others
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
    ...(hasEmail && { oneTimeTokens, outbox }),
  }
}
