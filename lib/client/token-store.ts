import { AuthError } from './auth-error.js'

/** Where tokens outlive the process. The text is one opaque value; whoever reads it is signed in. */
export interface TokenStore {
  get(): string | null | undefined | Promise<string | null | undefined>
  set(text: string): unknown
  remove(): unknown
}

export interface Tokens {
  readonly accessToken: string
  readonly refreshToken?: string | undefined
}

/** Each of these fails with `TOKEN_STORE_FAILURE` where the store does; what was kept or forgotten is so in memory, then. */
export interface KeptTokens {
  current(): Promise<Tokens | null>
  /** Looks into the store again: another tab may have written. */
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

/** The tokens of one client. Without a store they are in memory, and end with it. */
export function createKeptTokens(store?: TokenStore): KeptTokens {
  let kept: Tokens | null = null
  let isRead = store === undefined
  /** What is in memory was not written, or not yet. */
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
