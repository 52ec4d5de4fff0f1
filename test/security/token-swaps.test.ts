import { Type } from '@sinclair/typebox'
import type { InjectOptions } from 'fastify'
import t, { type Test } from 'tap'
import { ada, bearer, signUpForTokens } from '../support/account.js'
import { mailApp } from '../support/mail-app.js'

const kinds = ['access', 'apiKey', 'refresh', 'confirmEmail', 'resetPassword', 'changeEmail'] as const
type Kind = (typeof kinds)[number]

const post = (path: string, payload: object): InjectOptions => ({ method: 'POST', url: `/auth${path}`, payload })

interface Endpoint {
  /** The only kind of token that it takes, but for what it also takes. */
  readonly takes: Kind
  readonly alsoTakes?: Kind
  request(token: string): InjectOptions
  /** The status and code for every other kind. */
  readonly refusal: readonly [number, string]
  /** For a good API key, where it is known and not enough. */
  readonly apiKeyRefusal?: readonly [number, string]
}

const badAccess = [401, 'FAST_AUTH_ACCESS_TOKEN_INVALID'] as const
const badRefresh = [401, 'FAST_AUTH_REFRESH_TOKEN_INVALID'] as const
const badLink = [400, 'FAST_AUTH_ONE_TIME_TOKEN_INVALID'] as const

/** Every place that takes a token. */
const endpoints: Readonly<Record<string, Endpoint>> = {
  'the Authorization header': {
    takes: 'access',
    alsoTakes: 'apiKey',
    refusal: badAccess,
    request: token => ({ url: '/auth/me', headers: bearer(token) }),
  },
  'the access cookie': {
    takes: 'access',
    refusal: badAccess,
    request: token => ({ url: '/auth/me', headers: { cookie: `__Host-access_token=${token}` } }),
  },
  'a password change': {
    takes: 'access',
    refusal: badAccess,
    apiKeyRefusal: [403, 'FAST_AUTH_SESSION_REQUIRED'],
    request: token => ({
      ...post('/password/change', { currentPassword: ada.password, newPassword: 'a horse of another colour' }),
      headers: bearer(token),
    }),
  },
  'a change of the profile': {
    takes: 'access',
    refusal: badAccess,
    apiKeyRefusal: [403, 'FAST_AUTH_SESSION_REQUIRED'],
    request: token => ({
      method: 'PATCH',
      url: '/auth/me',
      payload: { profile: {} },
      headers: bearer(token),
    }),
  },
  'a deletion of the account': {
    takes: 'access',
    refusal: badAccess,
    apiKeyRefusal: [403, 'FAST_AUTH_SESSION_REQUIRED'],
    request: token => ({
      method: 'DELETE',
      url: '/auth/me',
      payload: { password: ada.password },
      headers: bearer(token),
    }),
  },
  'the body of a refresh': {
    takes: 'refresh',
    refusal: badRefresh,
    request: refreshToken => post('/refresh', { refreshToken }),
  },
  'the refresh cookie': {
    takes: 'refresh',
    refusal: badRefresh,
    request: token => ({ ...post('/refresh', {}), headers: { cookie: `__Secure-refresh_token=${token}` } }),
  },
  'a confirmation': { takes: 'confirmEmail', refusal: badLink, request: token => post('/email/confirm', { token }) },
  'a password reset': {
    takes: 'resetPassword',
    refusal: badLink,
    request: token => post('/password/reset', { token, password: 'a horse of another colour' }),
  },
  'a change of address': {
    takes: 'changeEmail',
    refusal: badLink,
    request: token => post('/email/change/confirm', { token }),
  },
}

/** Ada with one live token of every kind. */
async function everyToken(t: Test) {
  const tested = await mailApp(t, { options: { profileSchema: Type.Object({}) } })
  const { accessToken, refreshToken, session } = await signUpForTokens(tested.app)
  await tested.post('/password/forgot', { email: ada.email })
  await tested.post('/email/change', { email: 'new@example.com', password: ada.password }, bearer(accessToken))
  const made = await tested.post('/api-keys', { name: 'deploy' }, bearer(accessToken))
  const tokens: Readonly<Record<Kind, string>> = {
    access: accessToken,
    refresh: refreshToken,
    confirmEmail: await tested.tokenTo(ada.email, 'confirmEmail'),
    resetPassword: await tested.tokenTo(ada.email, 'resetPassword'),
    changeEmail: await tested.tokenTo('new@example.com', 'changeEmail'),
    apiKey: made.json().key,
  }
  return { ...tested, tokens, session }
}

for (const [place, { takes, alsoTakes, request, refusal, apiKeyRefusal = refusal }] of Object.entries(endpoints)) {
  t.test(`${place} takes a token of its own kind and no other, which stays good`, async t => {
    const { app, tokens, events } = await everyToken(t)
    events.length = 0
    for (const kind of kinds.filter(kind => kind !== takes && kind !== alsoTakes)) {
      const answer = await app.inject(request(tokens[kind].slice(0, 512)))
      const expected = kind === 'apiKey' ? apiKeyRefusal : refusal
      t.strictSame([answer.statusCode, answer.json().code], expected, kind)
    }
    t.strictSame(events, [])
    const answer = await app.inject(request(tokens[takes]))
    t.ok(answer.statusCode < 300, `${takes} answers ${answer.statusCode}`)
  })
}

t.test('after it was refused everywhere else, each token is good for its own place', async t => {
  const { app, tokens } = await everyToken(t)
  for (const { takes, alsoTakes, request } of Object.values(endpoints)) {
    for (const kind of kinds.filter(kind => kind !== takes && kind !== alsoTakes))
      await app.inject(request(tokens[kind].slice(0, 512)))
  }
  t.equal((await app.inject({ url: '/auth/me', headers: bearer(tokens.apiKey) })).statusCode, 200, 'apiKey')
  // These end other links and the refresh token: each is a test of its own above.
  const ending = ['a password change', 'a change of address', 'a deletion of the account']
  const others = Object.entries(endpoints).filter(([place]) => !ending.includes(place))
  for (const [place, { takes, request }] of others) {
    t.ok((await app.inject(request(tokens[takes]))).statusCode < 300, place)
  }
})

t.test('signing out takes no mailed token and no API key for a credential, and ends no key', async t => {
  const { app, tokens } = await everyToken(t)
  for (const kind of ['apiKey', 'confirmEmail', 'resetPassword', 'changeEmail'] as const) {
    const token = tokens[kind]
    await app.inject({ ...post('/sign-out', { refreshToken: token }), headers: bearer(token) })
  }
  await app.inject(post('/sign-out', { refreshToken: tokens.access }))
  await app.inject({ ...post('/sign-out', {}), headers: bearer(tokens.refresh) })
  for (const token of [tokens.access, tokens.apiKey]) {
    t.equal((await app.inject({ url: '/auth/me', headers: bearer(token) })).statusCode, 200)
  }
})
