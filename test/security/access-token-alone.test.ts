import t, { type Test } from 'tap'
import { signInUser } from '../../lib/testing/index.js'
import { teamApplication } from '../organizations/fixtures/organization-application.js'
import { bearer } from '../support/account.js'
import { refused } from '../support/refusal.js'

const invalid = 'FAST_AUTH_REFRESH_TOKEN_INVALID'

/** A victim, whose access token the attacker has copied, and both operations that continue a session without another proof. */
async function copied(t: Test) {
  const team = await teamApplication(t)
  const { ada, again, stranger: victim, invite, id, post } = team
  const { token } = await invite(ada, id, victim.email)
  const operations = [
    ['/organizations/current', { organizationId: null }],
    ['/invitations/accept', { token }],
  ] as const
  return { ...team, victim, operations, other: await again(victim), authorization: bearer(victim.accessToken), post }
}

t.test('an access token alone becomes no refresh token', async t => {
  const { ada, victim, other, operations, authorization, post } = await copied(t)
  for (const [path, body] of operations) {
    const missing = await post(path, body, authorization)
    refused(t, missing, 400, 'FST_ERR_VALIDATION')
    t.equal(missing.json().message, 'body/refreshToken must be the refresh token of the session')
    for (const refreshToken of [victim.accessToken, other.refreshToken, ada.refreshToken, 'x'])
      refused(t, await post(path, { ...body, refreshToken }, authorization), 401, invalid)
  }
  const { refreshToken } = victim
  t.equal((await post('/refresh', { refreshToken })).statusCode, 200, 'the session goes on as before')
})

for (const place of [0, 1]) {
  t.test(`an earlier refresh token ends the session at operation ${place}, as in a refresh`, async t => {
    const { victim, operations, authorization, post, refresh, events, advance } = await copied(t)
    const later = await refresh(victim)
    advance(11)
    const [path, body] = operations[place] ?? ['', {}]
    const { refreshToken } = victim
    events.length = 0
    const answer = await post(path, { ...body, refreshToken }, authorization)
    refused(t, answer, 401, 'FAST_AUTH_REFRESH_TOKEN_REUSED')
    t.hasStrict(events[0], { name: 'authn_token_reuse', userId: victim.id, sessionId: victim.session.id })
    refused(t, await later.send('GET', '/me'), 401, 'FAST_AUTH_SESSION_REVOKED')
    refused(t, await post('/refresh', { refreshToken: later.refreshToken }), 401, invalid)
  })

  t.test(`within the grace time, operation ${place} accepts the refresh token of before`, async t => {
    const { victim, operations, authorization, post, refresh, advance } = await copied(t)
    await refresh(victim)
    advance(10)
    const [path, body] = operations[place] ?? ['', {}]
    const { refreshToken } = victim
    const answer = await post(path, { ...body, refreshToken }, authorization)
    t.equal(answer.statusCode, 200)
    t.equal((await post('/refresh', { refreshToken: answer.json().refreshToken })).statusCode, 200)
  })
}

t.test('the access cookie alone continues no session, and no token of a cookie comes into a body', async t => {
  const { app, victim, operations } = await copied(t)
  const { email, password } = victim
  const signIn = await app.inject({ method: 'POST', url: '/auth/sign-in', payload: { email, password } })
  const [access, refresh] = signIn.cookies.map(({ name, value }) => ({ [name]: value }))
  const send = (path: string, payload: object, cookies: Record<string, string>) =>
    app.inject({ method: 'POST', url: `/auth${path}`, payload, cookies, headers: { 'sec-fetch-site': 'same-origin' } })
  for (const [path, body] of operations) {
    refused(t, await send(path, body, { ...access }), 401, 'FAST_AUTH_UNAUTHENTICATED')
    const both = await send(path, { ...body, refreshToken: victim.refreshToken }, { ...access, ...refresh })
    refused(t, both, 400, 'FST_ERR_VALIDATION')
    t.equal(both.json().message, 'body/refreshToken must not be sent beside cookies')
    refused(t, await send(path, { ...body, transport: 'token' }, { ...access, ...refresh }), 400, 'FST_ERR_VALIDATION')
    const answer = await send(path, body, { ...access, ...refresh })
    t.strictSame([answer.statusCode, answer.cookies.length, answer.body.includes('Token"')], [200, 2, false])
    Object.assign(access ?? {}, { [String(answer.cookies[0]?.name)]: answer.cookies[0]?.value })
    Object.assign(refresh ?? {}, { [String(answer.cookies[1]?.name)]: answer.cookies[1]?.value })
  }
})

t.test('operations that ask for the password put no token of a session in cookies into the body', async t => {
  const { app, stranger } = await teamApplication(t, { options: { secondFactor: 'offered' } })
  const { email, password } = stranger
  const browser = await signInUser(app, { email, password, transport: 'cookie' })
  for (const [path, body] of [
    ['/password/change', { currentPassword: password, newPassword: 'another horse of another colour' }],
    ['/reauthenticate', { password }],
  ] as const) {
    const payload = { ...body, transport: 'token' }
    const answer = await browser.inject({ method: 'POST', url: `/auth${path}`, payload })
    refused(t, answer, 400, 'FST_ERR_VALIDATION')
    t.equal(answer.json().message, 'body/transport must be cookie, since the session is in cookies')
  }
})
