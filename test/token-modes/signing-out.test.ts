import t from 'tap'
import { bearer } from '../support/account.js'
import { refused } from '../support/refusal.js'
import { testApplication } from '../support/test-application.js'

const expiredCookies = [
  '__Host-access_token=; Max-Age=0; Path=/; HttpOnly; Secure; SameSite=Lax',
  '__Secure-refresh_token=; Max-Age=0; Path=/auth; HttpOnly; Secure; SameSite=Lax',
]

for (const tokenMode of ['access-only', 'sliding'] as const) {
  t.test(
    `${tokenMode}: signing out by the access token ends the session, and leaves cookies alone that did not come`,
    async t => {
      const { post, me, accessToken, session, events } = await testApplication(t, {
        mail: true,
        signedIn: true,
        options: { tokenMode },
      })
      const answer = await post('/sign-out', undefined, bearer(accessToken))
      t.equal(answer.statusCode, 204)
      t.equal(answer.headers['set-cookie'], undefined)
      t.hasStrict(events, [{ name: 'authn_token_revoked', reason: 'sign_out', sessionId: session.id }])
      refused(t, await me(accessToken), 401, 'FAST_AUTH_SESSION_REVOKED')
    },
  )

  t.test(`${tokenMode}: signing out by the cookie works when it has expired, and takes every cookie away`, async t => {
    const { post, accessToken, session, events, advance } = await testApplication(t, {
      mail: true,
      signedIn: true,
      options: { tokenMode },
    })
    advance(901)
    const answer = await post('/sign-out', {}, { cookie: `__Host-access_token=${accessToken}` })
    t.equal(answer.statusCode, 204)
    t.strictSame(answer.headers['set-cookie'], expiredCookies)
    t.hasStrict(events, [{ name: 'authn_token_revoked', sessionId: session.id }])
  })

  t.test(`${tokenMode}: a client that sends the token in the body to sign out learns that it is not read`, async t => {
    const { post, me, accessToken } = await testApplication(t, { mail: true, signedIn: true, options: { tokenMode } })
    const answer = await post('/sign-out', { refreshToken: accessToken }, bearer(accessToken))
    refused(t, answer, 400, 'FST_ERR_VALIDATION')
    t.equal((await me(accessToken)).statusCode, 200)
  })

  t.test(`${tokenMode}: another site’s page cannot sign a user out by the cookie`, async t => {
    const { post, accessToken, calls } = await testApplication(t, {
      mail: true,
      signedIn: true,
      options: { tokenMode },
    })
    const cookie = `__Host-access_token=${accessToken}`
    const attack = await post('/sign-out', undefined, { cookie, 'sec-fetch-site': 'cross-site' })
    refused(t, attack, 403, 'FAST_AUTH_CROSS_SITE_REQUEST')
    t.strictSame(calls, [])
  })

  t.test(`${tokenMode}: an access token is introspected until its session ends`, async t => {
    const { post, accessToken, session, user } = await testApplication(t, {
      mail: true,
      signedIn: true,
      options: { tokenMode },
    })
    const other = (
      await post('/sign-in', { email: 'ada@example.com', password: 'correct horse battery', transport: 'token' })
    ).json()
    const ask = async () => (await post('/tokens/introspect', { token: accessToken }, bearer(other.accessToken))).json()
    const about = { sub: user.id, sessionId: session.id }
    t.hasStrict(await ask(), { active: true, tokenType: 'access_token', ...about })
    await post('/sign-out', undefined, bearer(accessToken))
    t.strictSame(await ask(), { active: false })
  })
}
