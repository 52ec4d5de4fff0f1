import { AuthError } from './auth-error.js'
import { withDeadline } from './deadline.js'
import type { AuthResponse } from './generated/operations.js'
import { codeOf, unexpected } from './refusal.js'
import type { SessionKeeper } from './session-keeper.js'
import type { Turns } from './turns.js'

/** The result of a renewal: new tokens, possibly by another tab, or the error response of the server. */
export type Renewal = 'renewed' | 'by-another' | Response

export interface Renewer {
  /** @param seen The number of renewals when the refused request was sent. */
  renew(seen: number): Promise<Renewal>
  /** Exchanges the token even if it is still valid. */
  refresh(): Promise<Response>
}

export interface RenewerSettings {
  readonly keeper: SessionKeeper
  readonly turns: Turns
  readonly timeoutMilliseconds: number
  /** Posts to the route that exchanges tokens. */
  post(signal: AbortSignal): Promise<Response>
}

function isAuthResponse(value: unknown): value is AuthResponse {
  return typeof value === 'object' && value !== null && 'user' in value && 'session' in value
}

async function answerIn(response: Response): Promise<AuthResponse> {
  try {
    const answer: unknown = JSON.parse(await response.clone().text())
    if (isAuthResponse(answer)) return answer
  } catch {
    // Reported below.
  }
  throw unexpected(response)
}

/** Exchanges tokens: once for all concurrent callers in this tab, and one tab at a time. */
export function createRenewer({ keeper, turns, timeoutMilliseconds, post }: RenewerSettings): Renewer {
  let running: Promise<Renewal> | null = null

  /** Retries immediately: if the response was lost after the server exchanged the token, a retry gets the same successor. */
  async function answered(): Promise<Response> {
    const attempt = () => withDeadline(timeoutMilliseconds, post)
    try {
      return await attempt().catch(attempt)
    } catch (cause) {
      throw new AuthError('NETWORK_FAILURE', 'The refresh got no answer', { cause })
    }
  }

  async function trade(): Promise<Response> {
    const { era } = keeper
    const response = await answered()
    if (response.ok) await keeper.renewed(await answerIn(response), era)
    // A 401 without a code comes from a proxy and does not concern the session.
    else if (response.status === 401 && (await codeOf(response)) !== undefined) await keeper.ended(era)
    return response
  }

  async function unlessDone(seen: number): Promise<Renewal> {
    const before = (await keeper.tokens?.current())?.accessToken
    const outcome = await turns.unlessTaken(async (): Promise<Renewal> => {
      const found = await keeper.tokens?.reload()
      if (keeper.renewals > seen || found?.accessToken !== before) return 'renewed'
      const response = await trade()
      return response.ok ? 'renewed' : response
    })
    if (outcome === null) await keeper.tokens?.reload()
    return outcome ?? 'by-another'
  }

  return {
    async renew(seen) {
      if (keeper.renewals > seen) return 'renewed'
      running ??= unlessDone(seen).finally(() => {
        running = null
      })
      return running
    },
    refresh: () => turns.inTurn(trade),
  }
}
