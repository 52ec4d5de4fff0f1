import { createClient } from './generated/client/index.js'
import { type AuthSignIn, type SignInError, signIn } from './generated/index.js'

// @ts-expect-error The document asks for a password.
export const incomplete: AuthSignIn = { email: 'ada@example.com' }

function apology(refusal: SignInError): string {
  // @ts-expect-error A code of another operation.
  if (refusal.code === 'FAST_AUTH_USER_EXISTS') return refusal.message
  switch (refusal.code) {
    case 'FAST_AUTH_INVALID_CREDENTIALS':
      return 'The credentials are wrong'
    case 'FAST_AUTH_HASHING_BUSY':
    case 'FAST_AUTH_STORAGE_UNAVAILABLE':
      return 'Try again in a moment'
    default:
      return refusal.message
  }
}

/** The text that a front end shows to the user who signs in. */
export async function greeting(baseUrl: string, credentials: AuthSignIn): Promise<string> {
  const { data: signedIn, error } = await signIn({ client: createClient({ baseUrl }), body: credentials })
  if (error !== undefined) return apology(error)
  if ('status' in signedIn) return `Which code does your app show? (${signedIn.methods.join(' or ')})`
  return `Hello, ${signedIn.user.email}`
}
