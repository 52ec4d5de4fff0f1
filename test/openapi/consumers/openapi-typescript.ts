import type { operations } from './generated.js'

type SignIn = operations['signIn']
type Responses = SignIn['responses']
type Body = SignIn['requestBody']['content']['application/json']
type Answer = {
  [Status in keyof Responses]: {
    readonly status: Status
    readonly body: Responses[Status]['content']['application/json']
  }
}[keyof Responses]

// @ts-expect-error The document has no such field.
export const withUnknownField: Body = { email: 'ada@example.com', password: 'correct horse battery', remember: true }

async function signIn(baseUrl: string, credentials: Body): Promise<Answer> {
  const response = await fetch(`${baseUrl}/auth/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(credentials),
  })
  return { status: response.status, body: await response.json() } as Answer
}

/** The text that a front end shows to the user who signs in. */
export async function greeting(baseUrl: string, credentials: Body): Promise<string> {
  const { status, body } = await signIn(baseUrl, credentials)
  if (status === 200) return `Hello, ${body.user.email}`
  if (status === 202) return `Which code does your app show? (${body.methods.join(' or ')})`
  // @ts-expect-error A code of another operation.
  if (body.code === 'FAST_AUTH_USER_EXISTS') return body.message
  switch (body.code) {
    case 'FAST_AUTH_INVALID_CREDENTIALS':
      return 'The credentials are wrong'
    case 'FAST_AUTH_HASHING_BUSY':
    case 'FAST_AUTH_STORAGE_UNAVAILABLE':
      return 'Try again in a moment'
    default:
      return body.message
  }
}
