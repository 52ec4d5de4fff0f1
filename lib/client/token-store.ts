import { AuthError } from './auth-error.js'

/**
 * Persists tokens. The text is one opaque value. Any program that can read it can use the session.
 * @example
 * ```ts
 * import type { TokenStore } from 'fast-auth/client'
 *
 * const texts = new Map<string, string>()
 * const tokenStore: TokenStore = {
 *   get: () => texts.get('tokens'),
 *   set: text => texts.set('tokens', text),
 *   remove: () => texts.delete('tokens'),
 * }
 * ```
 */
export interface TokenStore {
  get(): string | null | undefined | Promise<string | null | undefined>
  set(text: string): unknown
  remove(): unknown
}

export interface Tokens {
  readonly accessToken: string
  readonly refreshToken?: string | undefined
}

/** Each method rejects with `TOKEN_STORE_FAILURE` if the store fails; the change is applied in memory even then. */
export interface KeptTokens {
  current(): Promise<Tokens | null>
  /** Reads the store again, since another tab may have written to it. */
  reload(): Promise<Tokens | null>
  keep(tokens: Tokens): Promise<void>
  forget(): Promise<void>
}

function read(text: string): Tokens | null {
  try {
    const { accessToken, refreshToken } = JSON.parse(text)
    if (typeof accessToken !== 'string') return null
    return { accessToken, refreshToken: typeof refreshToken === 'string' ? refreshToken : undefined }
  } catch {
    return null
  }
}

async function asked<Result>(ask: () => Result): Promise<Awaited<Result>> {
  try {
    return await ask()
  } catch (cause) {
    throw new AuthError('TOKEN_STORE_FAILURE', 'The store of the tokens failed', { cause })
  }
}

/** Holds the tokens of one client. Without a store they exist only in memory. */
export function createKeptTokens(store?: TokenStore): KeptTokens {
  let kept: Tokens | null = null
  let isRead = store === undefined
  /** Whether memory has a change that the store has not. */
  let isAhead = false

  async function reload(): Promise<Tokens | null> {
    if (store === undefined || isAhead) return kept
    const text = await asked(() => store.get())
    kept = text ? read(text) : null
    isRead = true
    return kept
  }

  return {
    reload,
    current: async () => (isRead ? kept : reload()),
    async keep({ accessToken, refreshToken }) {
      kept = { accessToken, refreshToken }
      isRead = true
      isAhead = true
      const text = JSON.stringify(kept)
      await asked(() => store?.set(text))
      isAhead = false
    },
    async forget() {
      kept = null
      isRead = true
      isAhead = true
      await asked(() => store?.remove())
      isAhead = false
    },
  }
}
