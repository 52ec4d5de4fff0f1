import type { EpochMilliseconds, SessionRecord, UserRecord } from '../../storage/records.js'
import type { IssuedTokens } from '../../tokens/issued-tokens.js'
import { type ComputedClaims, currentClaims } from '../sessions/extra-claims.js'
import { issueTokens } from '../sessions/issue-tokens.js'
import type { OrganizationDependencies } from './dependencies.js'

/** Issues the tokens of a session that acts in another organisation, and refuses its earlier access tokens in this process. */
export async function issueSwitchedTokens(
  dependencies: OrganizationDependencies,
  { user, session }: { readonly user: UserRecord; readonly session: SessionRecord },
  claims: ComputedClaims,
  now: EpochMilliseconds,
): Promise<IssuedTokens> {
  dependencies.revokedSessions.addGeneration(session.id, session.generation - 1)
  const extraClaims = await currentClaims(dependencies, claims, { user, session })
  return issueTokens(dependencies, { user, session, extraClaims }, now)
}
