import { createContext, createElement, type ReactElement, type ReactNode, useContext, useEffect } from 'react'
import type { AuthClient } from '../client/index.js'

const ClientContext = createContext<AuthClient | null>(null)

export interface AuthProviderProps {
  readonly client: AuthClient
  readonly children?: ReactNode
}

/** Provides a client to all components below it, and asks the server once for the signed-in user. */
export function AuthProvider({ client, children }: AuthProviderProps): ReactElement {
  useEffect(() => {
    if (client.session.status === 'unknown') void client.getMe()
  }, [client])
  return createElement(ClientContext.Provider, { value: client }, children)
}

/** Returns the client of the nearest `AuthProvider`. @throws {Error} There is none. */
export function useAuthClient(): AuthClient {
  const client = useContext(ClientContext)
  if (client === null) throw new Error('There is no <AuthProvider client={…}> above this component')
  return client
}
