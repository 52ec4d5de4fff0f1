export { AuthProvider, type AuthProviderProps, useAuthClient } from './auth-provider.js'
export { SignedIn, type SignedInProps } from './signed-in.js'
export { SignedOut, type SignedOutProps } from './signed-out.js'
export { useSession } from './use-session.js'
