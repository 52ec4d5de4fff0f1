import { createContext, createElement, type ReactElement, type ReactNode, useContext, useEffect } from 'react'
import type { AuthClient } from '../client/index.js'

const ClientContext = createContext<AuthClient | null>(null)

/** The properties of `AuthProvider`. */
export interface AuthProviderProps {
  /** Client of all components below the provider. Create it once, outside of components. */
  readonly client: AuthClient
  readonly children?: ReactNode
}

/**
 * Provides a client to all components below it, and asks the server once for the signed-in user.
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
  useEffect(() => {
    if (client.session.status === 'unknown') void client.getMe()
  }, [client])
  return createElement(ClientContext.Provider, { value: client }, children)
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
  const client = useContext(ClientContext)
  if (client === null) throw new Error('There is no <AuthProvider client={…}> above this component')
  return client
}
