import type { InjectOptions, LightMyRequestResponse } from 'fastify'
import t from 'tap'
import { namedSchemas } from '../../schemas/index.js'
import { ada, bearer } from '../support/account.js'
import { operationsWithSecondFactor as operations } from '../support/operations.js'
import { type EveryToken, everyToken } from './fixtures/every-token.js'

const password = 'a horse of another colour'
const post = (path: string, payload: object, headers = {}): InjectOptions => ({
  method: 'POST',
  url: `/auth${path}`,
  payload,
  headers,
})
const accessCookie = (token: string) => ({ cookie: `__Host-access_token=${token}` })
const refreshCookie = (token: string) => ({ cookie: `__Secure-refresh_token=${token}` })

interface Place {
  /** The operation whose body the token stands in, or whose credential it is. */
  readonly operation: string
  readonly field?: 'token' | 'refreshToken' | 'signInToken'
  /** The status and code for what is not taken. */
  readonly refusal: readonly [status: number, code?: string]
  request(token: string, all: EveryToken): InjectOptions
  /** Recognises an accepted token, if a refusal is not an error either. */
  isTaken?(answer: LightMyRequestResponse, calls: readonly string[]): boolean
}

const isSuccess = ({ statusCode }: LightMyRequestResponse) => statusCode < 300
/** Signing out has the same answer for every client; a session is looked up if the token was one. */
const asksForSession = (_: LightMyRequestResponse, calls: readonly string[]) => calls.length > 0

const badAccess = [401, 'FAST_AUTH_ACCESS_TOKEN_INVALID'] as const
const badRefresh = [401, 'FAST_AUTH_REFRESH_TOKEN_INVALID'] as const
const badSignIn = [401, 'FAST_AUTH_SIGN_IN_EXPIRED'] as const
const badLink = [400, 'FAST_AUTH_ONE_TIME_TOKEN_INVALID'] as const
const signedOut = { operation: 'signOut', refusal: [204], isTaken: asksForSession } as const

/** Every place that takes a token, in the order of the columns: what ends other tokens is last. */
const places: Readonly<Record<string, Place>> = {
  bearer: {
    operation: 'getMe',
    refusal: badAccess,
    request: token => ({ url: '/auth/me', headers: bearer(token) }),
  },
  cookie: {
    operation: 'getMe',
    refusal: badAccess,
    request: token => ({ url: '/auth/me', headers: accessCookie(token) }),
  },
  person: {
    operation: 'updateMe',
    refusal: badAccess,
    request: token => ({ method: 'PATCH', url: '/auth/me', payload: { profile: {} }, headers: bearer(token) }),
  },
  query: {
    operation: 'getMe',
    refusal: [401, 'FAST_AUTH_UNAUTHENTICATED'],
    request: token => ({ url: `/auth/me?access_token=${token}&token=${token}` }),
  },
  caller: {
    operation: 'introspectToken',
    refusal: badAccess,
    request: (token, { live }) => post('/tokens/introspect', { token: live.accessToken }, bearer(token)),
  },
  asked: {
    operation: 'introspectToken',
    field: 'token',
    refusal: [200],
    request: (token, { live }) => post('/tokens/introspect', { token }, bearer(live.accessToken)),
    isTaken: answer => answer.json().active,
  },
  refresh: {
    operation: 'refreshSession',
    field: 'refreshToken',
    refusal: badRefresh,
    request: refreshToken => post('/refresh', { refreshToken }),
  },
  'r-cookie': {
    operation: 'refreshSession',
    refusal: badRefresh,
    // Another test covers access cookies of other sessions: here the cookie names none.
    request: token =>
      post('/refresh', {}, { cookie: `${accessCookie('none').cookie}; ${refreshCookie(token).cookie}` }),
  },
  confirm: {
    operation: 'confirmEmail',
    field: 'token',
    refusal: badLink,
    request: token => post('/email/confirm', { token, password: ada.password }),
  },
  change: {
    operation: 'confirmEmailChange',
    field: 'token',
    refusal: badLink,
    request: token => post('/email/change/confirm', { token, password: ada.password }),
  },
  'out-body': {
    ...signedOut,
    field: 'refreshToken',
    request: refreshToken => post('/sign-out', { refreshToken }),
  },
  'out-rcook': { ...signedOut, request: token => post('/sign-out', {}, refreshCookie(token)) },
  'out-bear': { ...signedOut, request: token => post('/sign-out', {}, bearer(token)) },
  'out-cook': { ...signedOut, request: token => post('/sign-out', {}, accessCookie(token)) },
  second: {
    operation: 'completeSignIn',
    field: 'signInToken',
    refusal: badSignIn,
    request: (signInToken, { codes }) => post('/sign-in/second-factor', { signInToken, recoveryCode: codes[0] }),
  },
  's-cookie': {
    operation: 'completeSignIn',
    refusal: badSignIn,
    request: (token, { codes }) =>
      post('/sign-in/second-factor', { recoveryCode: codes[1] }, { cookie: `__Secure-sign_in=${token}` }),
  },
  use: {
    operation: 'signInWithPasskey',
    refusal: [401, 'FAST_AUTH_PASSKEY_INVALID'],
    request: (token, { passkeys }) => post('/sign-in/passkey', { credential: passkeys.use(token) }),
  },
  creation: {
    operation: 'registerPasskey',
    refusal: [400, 'FAST_AUTH_PASSKEY_REGISTRATION_INVALID'],
    request: (token, { passkeys }) => post('/passkeys', { credential: passkeys.create(token) }, passkeys.headers),
  },
  reset: {
    operation: 'resetPassword',
    field: 'token',
    refusal: badLink,
    request: token => post('/password/reset', { token, password }),
  },
}

/**
 * What each place says to each token. `+`: it is taken. `-`: refused like any text. `x`: it has expired. `r`: its session has
 * ended. `k`: it is no good key. `p`: a person has to ask. Signing out takes what once was a token: the storage is asked.
 */
const matrix = `
                           bearer cookie person query caller asked refresh r-cookie confirm change out-body out-rcook out-bear out-cook second s-cookie use creation reset
access token               +      +      +      -     +      +     -       -        -       -      -        -         +        +        -      -        -   -        -
expired access token       x      x      x      -     x      -     -       -        -       -      -        -         +        +        -      -        -   -        -
revoked access token       r      r      r      -     r      -     -       -        -       -      -        -         +        +        -      -        -   -        -
Ben's access token         +      +      +      -     +      -     -       -        -       -      -        -         +        +        -      -        -   -        -
refresh token              -      -      -      -     -      +     +       +        -       -      +        +         -        -        -      -        -   -        -
expired refresh token      -      -      -      -     -      -     -       -        -       -      +        +         -        -        -      -        -   -        -
revoked refresh token      -      -      -      -     -      -     -       -        -       -      +        +         -        -        -      -        -   -        -
Ben's refresh token        -      -      -      -     -      -     +       +        -       -      +        +         -        -        -      -        -   -        -
API key                    +      -      p      -     +      +     -       -        -       -      -        -         -        -        -      -        -   -        -
expired API key            k      -      k      -     k      -     -       -        -       -      -        -         -        -        -      -        -   -        -
deleted API key            k      -      k      -     k      -     -       -        -       -      -        -         -        -        -      -        -   -        -
Ben's API key              +      -      p      -     +      -     -       -        -       -      -        -         -        -        -      -        -   -        -
confirmation               -      -      -      -     -      -     -       -        +       -      -        -         -        -        -      -        -   -        -
expired confirmation       -      -      -      -     -      -     -       -        -       -      -        -         -        -        -      -        -   -        -
superseded confirmation    -      -      -      -     -      -     -       -        -       -      -        -         -        -        -      -        -   -        -
change                     -      -      -      -     -      -     -       -        -       +      -        -         -        -        -      -        -   -        -
expired change             -      -      -      -     -      -     -       -        -       -      -        -         -        -        -      -        -   -        -
superseded change          -      -      -      -     -      -     -       -        -       -      -        -         -        -        -      -        -   -        -
reset                      -      -      -      -     -      -     -       -        -       -      -        -         -        -        -      -        -   -        +
expired reset              -      -      -      -     -      -     -       -        -       -      -        -         -        -        -      -        -   -        -
superseded reset           -      -      -      -     -      -     -       -        -       -      -        -         -        -        -      -        -   -        -
introspection secret       -      -      -      -     +      -     -       -        -       -      -        -         -        -        -      -        -   -        -
signing secret             -      -      -      -     -      -     -       -        -       -      -        -         -        -        -      -        -   -        -
JWT of another typ         -      -      -      -     -      -     -       -        -       -      -        -         -        -        -      -        -   -        -
JWT for another aud        -      -      -      -     -      -     -       -        -       -      -        -         -        -        -      -        -   -        -
JWT of another iss         -      -      -      -     -      -     -       -        -       -      -        -         -        -        -      -        -   -        -
unsigned JWT               -      -      -      -     -      -     -       -        -       -      -        -         -        -        -      -        -   -        -
session id                 -      -      -      -     -      -     -       -        -       -      -        -         -        -        -      -        -   -        -
user id                    -      -      -      -     -      -     -       -        -       -      -        -         -        -        -      -        -   -        -
hash of the API key        -      -      -      -     -      -     -       -        -       -      -        -         -        -        -      -        -   -        -
hash of a link             -      -      -      -     -      -     -       -        -       -      -        -         -        -        -      -        -   -        -
sealed message             -      -      -      -     -      -     -       -        -       -      -        -         -        -        -      -        -   -        -
waiting sign-in            -      -      -      -     -      -     -       -        -       -      -        -         -        -        +      -        -   -        -
expired waiting sign-in    -      -      -      -     -      -     -       -        -       -      -        -         -        -        -      -        -   -        -
waiting in a cookie        -      -      -      -     -      -     -       -        -       -      -        -         -        -        -      +        -   -        -
sign-in challenge          -      -      -      -     -      -     -       -        -       -      -        -         -        -        -      -        +   -        -
creation challenge         -      -      -      -     -      -     -       -        -       -      -        -         -        -        -      -        -   +        -
expired challenge          -      -      -      -     -      -     -       -        -       -      -        -         -        -        -      -        -   -        -
`

const refusals: Readonly<Record<string, readonly [number, string]>> = {
  x: [401, 'FAST_AUTH_ACCESS_TOKEN_EXPIRED'],
  r: [401, 'FAST_AUTH_SESSION_REVOKED'],
  k: [401, 'FAST_AUTH_API_KEY_INVALID'],
  p: [403, 'FAST_AUTH_SESSION_REQUIRED'],
}

const [head = '', ...lines] = matrix.trim().split('\n')
const columns = head.trim().split(/\s+/)
/** By the kinds of token, a mark for each place. */
const marks = new Map(lines.map(line => [line.slice(0, 27).trim(), line.slice(27).trim().split(/\s+/)]))

/** The kinds whose mark in the column is, or is not, a `+`. */
const kindsOf = (place: string, taken: boolean) =>
  [...marks].flatMap(([kind, row]) => ((row[columns.indexOf(place)] === '+') === taken ? [kind] : []))

const all = await everyToken(t)

/** The token in its place, no longer than any place takes. */
async function present({ app, calls, tokens }: EveryToken, place: Place, kind: string) {
  calls.length = 0
  const answer = await app.inject(place.request((tokens[kind] ?? '').slice(0, 512), all))
  const asked = calls.filter(method => !method.startsWith('outbox.'))
  return { answer, isTaken: (place.isTaken ?? isSuccess)(answer, asked) }
}

t.test('the matrix has every kind of token and every place, and a mark for each pair', async t => {
  t.strictSame([...marks.keys()].sort(), Object.keys(all.tokens).sort())
  t.strictSame(columns, Object.keys(places))
  for (const [kind, row] of marks) {
    t.equal(row.length, columns.length, kind)
    t.match(row.join(''), /^[-+xrkp]+$/, kind)
    t.ok((all.tokens[kind] ?? '').length > 20, kind)
  }
})

t.test('every operation with a token in its body has a column', async t => {
  const inBodies = operations.flatMap(([name, { body }]) => {
    const schema = namedSchemas.find(({ $id }) => `${$id}#` === body?.$ref)
    return Object.keys(schema?.properties ?? {}).flatMap(field => (/token$/i.test(field) ? [`${name} ${field}`] : []))
  })
  const shown = Object.values(places).flatMap(({ operation, field }) =>
    field === undefined ? [] : `${operation} ${field}`,
  )
  t.strictSame(inBodies.toSorted(), shown.toSorted())
})

for (const [name, place] of Object.entries(places)) {
  t.test(`${name}: every token that is not for this place is refused, as the matrix says`, async t => {
    for (const kind of kindsOf(name, false)) {
      const { answer, isTaken } = await present(all, place, kind)
      const mark = marks.get(kind)?.[columns.indexOf(name)] ?? ''
      const code = answer.body === '' ? undefined : answer.json().code
      const expected = refusals[mark] ?? place.refusal
      t.strictSame([isTaken, answer.statusCode, code], [false, expected[0], expected[1]], kind)
      if (place.operation !== 'signOut') t.equal(answer.headers['set-cookie'], undefined, kind)
    }
  })
}

for (const [name, place] of Object.entries(places)) {
  t.test(`${name}: after all of that, the tokens that are for this place are taken`, async t => {
    // A change of address has ended the reset that was asked for before.
    const tested = name === 'reset' ? await everyToken(t) : all
    for (const kind of kindsOf(name, true)) t.ok((await present(tested, place, kind)).isTaken, kind)
  })
}
