import type { EpochMilliseconds } from '../../storage/records.js'
import type { IssuedTokens } from '../../tokens/issued-tokens.js'
import { extraClaims } from '../sessions/extra-claims.js'
import { issueTokens } from '../sessions/issue-tokens.js'
import type { ProviderDependencies } from './dependencies.js'
import type { FlowResult } from './flow-result.js'

/** Issues the tokens of a session that another request has created; `null` if it has ended since. */
export async function tokensOfResult(
  dependencies: ProviderDependencies,
  { userId, sessionId }: Extract<FlowResult, { readonly kind: 'session' }>,
  now: EpochMilliseconds,
): Promise<IssuedTokens | null> {
  const { sessions, users } = dependencies.storage
  const session = await sessions.find({ sessionId, now })
  const user = session === null ? null : await users.find({ userId })
  if (session === null || user === null) return null
  const claims = await extraClaims(dependencies, user, session.organization)
  return issueTokens(dependencies, { user, session, extraClaims: claims }, now)
}
