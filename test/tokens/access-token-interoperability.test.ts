import { decodeProtectedHeader, jwtVerify, SignJWT } from 'jose'
import t from 'tap'
import { accessTokenReaders, lifetimeSeconds, noon } from '../support/access-token-readers.js'
import { signUpForTokens } from '../support/account.js'
import { otherSecret, secret } from '../support/secret.js'
import { testApplication } from '../support/test-application.js'

const noonSeconds = noon / 1000
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

t.test('jose verifies our access tokens with the raw secret, and finds these claims and no other', async t => {
  const { token, jose } = await accessTokenReaders(t)
  t.matchOnly(await jose(token), {
    iss: 'fast-auth',
    aud: 'fast-auth',
    sub: uuid,
    sid: uuid,
    gen: 0,
    iat: noonSeconds,
    exp: noonSeconds + lifetimeSeconds,
    auth_time: noonSeconds,
    jti: uuid,
    email: 'ada@example.com',
  })
})

t.test('the header of our access tokens says nothing but alg, typ and kid', async t => {
  const { token } = await accessTokenReaders(t)
  t.matchOnly(decodeProtectedHeader(token), { alg: 'HS256', typ: 'at+jwt', kid: /^[\w-]{8}$/ })
})

t.test('a secret beyond ASCII is its UTF-8 bytes, as other libraries take it', async t => {
  const unicode = 'Zwölf Boxkämpfer jagen Viktor quer über den großen Sylter Deich ✓'
  const { app } = await testApplication(t, { options: { secrets: [unicode], clock: () => noon } })
  const { accessToken } = await signUpForTokens(app)
  const { payload } = await jwtVerify(accessToken, new TextEncoder().encode(unicode), { currentDate: new Date(noon) })
  t.equal(payload.iss, 'fast-auth')
})

for (const typ of ['at+jwt', 'AT+JWT', 'application/at+jwt']) {
  t.test(`a token that jose makes with our claims, secret and key id is one of ours: typ ${typ}`, async t => {
    const { ask, header, claims, token } = await accessTokenReaders(t)
    const made = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256', typ, kid: String(header.kid) })
      .sign(new TextEncoder().encode(secret))
    const answer = await ask(made)
    t.equal(answer.statusCode, 200)
    t.same(answer.json(), (await ask(token)).json())
  })
}

t.test('tokens of an older secret are read by its key id, and by no other', async t => {
  const before = await testApplication(t, { options: { secrets: [otherSecret], clock: () => noon } })
  const { accessToken } = await signUpForTokens(before.app)
  const guarded = { url: '/who', headers: { authorization: `Bearer ${accessToken}` } }
  for (const [secrets, statusCode] of [
    [[secret, otherSecret], 200],
    [[otherSecret, secret], 200],
    [[secret], 401],
  ] as const) {
    const { app } = await testApplication(t, {
      options: { secrets, clock: () => noon },
      after: app => void app.get('/who', { onRequest: app.fastAuth.authenticate }, async request => request.user),
    })
    t.equal((await app.inject(guarded)).statusCode, statusCode, `${secrets.length} secrets`)
  }
})

t.test('issuer and audience are those of the options, exactly', async t => {
  const settings = { issuer: 'https://issuer.example', audience: 'reports', clock: () => noon }
  const mine = await testApplication(t, { options: settings })
  const { accessToken } = await signUpForTokens(mine.app)
  const guarded = { url: '/who', headers: { authorization: `Bearer ${accessToken}` } }
  for (const [difference, statusCode] of [
    [{}, 200],
    [{ issuer: 'https://issuer.example/' }, 401],
    [{ audience: 'Reports' }, 401],
  ] as const) {
    const { app } = await testApplication(t, {
      options: { ...settings, ...difference },
      after: app => void app.get('/who', { onRequest: app.fastAuth.authenticate }, async request => request.user),
    })
    t.equal((await app.inject(guarded)).statusCode, statusCode, JSON.stringify(difference))
  }
})
