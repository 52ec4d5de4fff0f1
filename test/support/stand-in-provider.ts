import type { Provider, ProviderAnswer } from '../../lib/features/providers/provider.js'

interface StandInUser {
  readonly subject: string
  readonly email: string | null
  readonly isEmailVerified?: boolean
}

const prefix = 'proof-'

/** Returns the code, or the ID token, with which the provider identifies a user. */
export function proofOf(user: StandInUser): string {
  return `${prefix}${Buffer.from(JSON.stringify(user)).toString('base64url')}`
}

function answerTo(proof: string | null): ProviderAnswer {
  if (!proof?.startsWith(prefix)) return { outcome: 'invalid', reason: 'code_refused' }
  const user: StandInUser = JSON.parse(Buffer.from(proof.slice(prefix.length), 'base64url').toString())
  return {
    outcome: 'identified',
    identity: { issuer: 'https://acme.example', isEmailVerified: true, isPrivateEmail: false, profile: {}, ...user },
    tokens: { accessToken: null, refreshToken: null, idToken: null, scope: null, expiresAt: null },
  }
}

/** A provider that has every route and performs no I/O: it accepts each code and ID token of `proofOf`. */
export function standInProvider(name = 'acme'): Provider {
  return {
    name,
    displayName: 'Acme',
    issuer: 'https://acme.example',
    responseMode: 'form_post',
    acceptsIdTokens: true,
    connect: () => ({
      authorizationUrl: async ({ state }) => ({
        outcome: 'ready',
        url: new URL(`https://acme.example/authorize?state=${state}`),
      }),
      exchange: async ({ parameters }) => answerTo(parameters.get('code')),
      verifyIdToken: async ({ idToken }) => answerTo(idToken),
    }),
  }
}
