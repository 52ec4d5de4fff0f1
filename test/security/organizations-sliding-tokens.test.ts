import t, { type Test } from 'tap'
import type { FastAuthOptions } from '../../lib/index.js'
import { ada, bearer } from '../support/account.js'
import { refused } from '../support/refusal.js'
import { testApplication } from '../support/test-application.js'

/** An organisation of Olga, with one admin, who has one access token and no other. */
async function slidingWorld(t: Test, options: Partial<FastAuthOptions>) {
  const tested = await testApplication(t, {
    mail: true,
    options: { tokenMode: 'sliding', organizations: {}, ...options },
    after(app) {
      app.get('/report', { onRequest: app.fastAuth.requireRole('admin') }, async () => 'shown')
    },
  })
  const { app, post, tokenTo } = tested
  const signUp = async (name: string) => {
    const answer = await post('/sign-up', { ...ada, email: `${name}@example.com`, transport: 'token' })
    const { accessToken, user } = answer.json()
    return { accessToken: String(accessToken), id: String(user.id) }
  }
  const [olga, admin] = [await signUp('olga'), await signUp('admin')]
  const made = await post('/organizations', { name: 'Engines' }, bearer(olga.accessToken))
  const path = `/auth/organizations/${made.json().id}`
  const payload = { email: 'admin@example.com', role: 'admin' }
  await app.inject({ method: 'POST', url: `${path}/invitations`, headers: bearer(olga.accessToken), payload })
  const token = await tokenTo('admin@example.com', 'invitation')
  const { accessToken } = (await post('/invitations/accept', { token }, bearer(admin.accessToken))).json()
  const member = { url: `${path}/members/${admin.id}`, headers: bearer(olga.accessToken) }
  return {
    ...tested,
    accessToken: String(accessToken),
    demote: () => app.inject({ method: 'PATCH', ...member, payload: { role: 'member' } }),
    remove: () => app.inject({ method: 'DELETE', ...member }),
    report: (token: string) => app.inject({ url: '/report', headers: bearer(token) }),
    refresh: (token: string) => post('/refresh', undefined, bearer(token)),
  }
}

const expired = 'FAST_AUTH_ACCESS_TOKEN_EXPIRED'

for (const revocation of ['feed', 'strict'] as const)
  for (const [end, code] of [
    ['demote', 'FAST_AUTH_ROLE_REQUIRED'],
    ['remove', 'FAST_AUTH_ORGANIZATION_REQUIRED'],
  ] as const)
    t.test(
      `with sliding tokens and ${revocation}, to ${end} a member ends their role and not their session`,
      async t => {
        const world = await slidingWorld(t, { revocation })
        const { accessToken, report, refresh } = world
        t.equal((await report(accessToken)).statusCode, 200)
        t.match(await world[end](), { statusCode: /^20[04]$/ })
        t.equal((await report(accessToken)).json().code, code)
        const next = await refresh(accessToken)
        t.equal(next.statusCode, 200, next.body)
        t.equal((await report(next.json().accessToken)).json().code, code)
        t.equal((await report(accessToken)).json().code, code, 'also after a refresh')
        const repeated = await refresh(accessToken)
        t.equal((await report(repeated.json().accessToken)).json().code, code, 'a retry has the new role too')
      },
    )

t.test('with sliding tokens by cookie, a demotion does not end the session', async t => {
  const { accessToken, demote, post } = await slidingWorld(t, {})
  await demote()
  const cookie = `__Host-access_token=${accessToken}`
  const crossSite = await post('/refresh', undefined, { cookie, 'sec-fetch-site': 'cross-site' })
  refused(t, crossSite, 403, 'FAST_AUTH_CROSS_SITE_REQUEST')
  t.equal((await post('/refresh', undefined, { cookie })).statusCode, 200)
})

t.test('with sliding tokens, a token from before a switch is exchanged within the grace time only', async t => {
  const { accessToken, post, report, refresh, advance, app } = await slidingWorld(t, {})
  const switched = await post('/organizations/current', { organizationId: null }, bearer(accessToken))
  t.equal(switched.statusCode, 200)
  t.equal((await report(accessToken)).json().code, 'FAST_AUTH_ORGANIZATION_REQUIRED')
  const repeated = await refresh(accessToken)
  t.equal(repeated.statusCode, 200, 'the response to the switch may have been lost')
  const me = await app.inject({ url: '/auth/me', headers: bearer(repeated.json().accessToken) })
  t.equal(me.statusCode, 200)
  t.equal((await report(repeated.json().accessToken)).json().code, 'FAST_AUTH_ORGANIZATION_REQUIRED')
  advance(11)
  refused(t, await refresh(accessToken), 401, 'FAST_AUTH_REFRESH_TOKEN_REUSED')
})

t.test('with sliding tokens, neither an expired token nor one of an ended session is exchanged', async t => {
  const { accessToken, demote, refresh, post } = await slidingWorld(t, {})
  await demote()
  const { accessToken: next } = (await refresh(accessToken)).json()
  t.equal((await post('/sign-out', undefined, bearer(next))).statusCode, 204)
  for (const token of [accessToken, next]) refused(t, await refresh(token), 401, 'FAST_AUTH_SESSION_REVOKED')

  const other = await slidingWorld(t, {})
  await other.demote()
  other.advance(1000)
  refused(t, await other.refresh(other.accessToken), 401, expired)
})
