import { eventContext } from '../../events/event-context.js'
import type { EpochMilliseconds } from '../../storage/records.js'
import type { RequestOrigin } from '../../telemetry/request-origin.js'
import type { ProviderDependencies } from './dependencies.js'
import { ProviderAnswerInvalidError, ProviderDeniedError, ProviderUnavailableError } from './errors.js'
import type { ProviderAnswer, ProviderIdentified } from './provider.js'

interface Asked {
  readonly provider: string
  /** The user who links an identity, or `null`. */
  readonly userId: string | null
  readonly client: RequestOrigin
  readonly now: EpochMilliseconds
}

/**
 * Returns what an answer of a provider proves. Its reason, if it proves nothing, is in an event and in no answer.
 * @throws {ProviderDeniedError} @throws {ProviderAnswerInvalidError} @throws {ProviderUnavailableError}
 */
export function provenIdentity(
  { emit }: Pick<ProviderDependencies, 'emit'>,
  answer: ProviderAnswer,
  { provider, userId, client, now }: Asked,
): ProviderIdentified {
  if (answer.outcome === 'identified') return answer
  if (answer.outcome === 'denied') throw new ProviderDeniedError()
  const context = eventContext({ userId, sessionId: null, client, now })
  const reason = answer.outcome === 'invalid' ? 'answer_invalid' : 'unavailable'
  emit({ name: 'provider_failed', reason, provider, detail: answer.reason, ...context })
  throw answer.outcome === 'invalid' ? new ProviderAnswerInvalidError() : new ProviderUnavailableError()
}
