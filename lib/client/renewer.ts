import { AuthError } from './auth-error.js'
import { withDeadline } from './deadline.js'
import type { AuthResponse } from './generated/document.js'
import { codeOf, unexpected } from './refusal.js'
import type { SessionKeeper } from './session-keeper.js'
import type { Turns } from './turns.js'

/** What came of it: new tokens, perhaps by another, or the answer of the server that there are none. */
export type Renewal = 'renewed' | 'by-another' | Response

export interface Renewer {
  /** @param seen how many renewals there were when the refused request was sent. */
  renew(seen: number): Promise<Renewal>
  /** Trades the token whether or not it is needed. */
  refresh(): Promise<Response>
}

export interface RenewerSettings {
  readonly keeper: SessionKeeper
  readonly turns: Turns
  readonly timeoutMilliseconds: number
  /** Posts to the route that trades tokens. */
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
    // Told below.
  }
  throw unexpected(response)
}

/** Trades tokens: once for all who ask meanwhile in this tab, and in turn with the other tabs. */
export function createRenewer({ keeper, turns, timeoutMilliseconds, post }: RenewerSettings): Renewer {
  let running: Promise<Renewal> | null = null

  /** The answer may get lost when the server has traded already: a retry at once gets the same successor. */
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
    // A 401 without a code is a proxy's, and says nothing of the session.
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
