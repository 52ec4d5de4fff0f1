import {
  createContext,
  createElement,
  type ReactElement,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useState,
} from 'react'
import type { AuthClient, ProviderOutcome } from '../client/index.js'

/** The values for components below an `AuthProvider`. */
export interface Provided {
  readonly client: AuthClient
  /** The outcome of a visit to another provider, until the next step; `null` if there was none. */
  readonly returned: ProviderOutcome | null
  /** Sets `returned` to `null`. */
  readonly forget: () => void
}

const ClientContext = createContext<Provided | null>(null)

/** The properties of `AuthProvider`. */
export interface AuthProviderProps {
  /** Client of all components below the provider. Create it once, outside of components. */
  readonly client: AuthClient
  readonly children?: ReactNode
}

/**
 * Provides a client to all components below it, and asks the server once for the signed-in user. On a page to which another
 * provider has returned the browser, it calls `finishSignIn` before.
 * @example
 * ```tsx
 * import { createAuthClient } from 'fast-auth/client'
 * import { AuthProvider, SignedIn, SignedOut } from 'fast-auth/react'
 *
 * const client = createAuthClient()
 *
 * export function App() {
 *   return (
 *     <AuthProvider client={client}>
 *       <SignedIn>Welcome back</SignedIn>
 *       <SignedOut>Please sign in</SignedOut>
 *     </AuthProvider>
 *   )
 * }
 * ```
 */
export function AuthProvider({ client, children }: AuthProviderProps): ReactElement {
  const [returned, setReturned] = useState<ProviderOutcome | null>(null)
  useEffect(() => {
    async function begin(): Promise<void> {
      const result = await client.finishSignIn()
      if (result.outcome !== 'none') setReturned(result)
      if (client.session.status === 'unknown') void client.getMe()
    }
    void begin()
  }, [client])
  const forget = useCallback(() => setReturned(null), [])
  const value = useMemo(() => ({ client, returned, forget }), [client, returned, forget])
  return createElement(ClientContext.Provider, { value }, children)
}

/** @throws {Error} There is no `AuthProvider` above the component. */
export function useProvided(): Provided {
  const provided = useContext(ClientContext)
  if (provided === null) throw new Error('There is no <AuthProvider client={…}> above this component')
  return provided
}

/**
 * Returns the client of the nearest `AuthProvider`.
 * @throws {Error} There is no `AuthProvider` above the component.
 * @example
 * ```tsx
 * import { useAuthClient } from 'fast-auth/react'
 *
 * export function SignOutButton() {
 *   const client = useAuthClient()
 *   return <button onClick={() => client.signOut()}>Sign out</button>
 * }
 * ```
 */
export function useAuthClient(): AuthClient {
  return useProvided().client
}
