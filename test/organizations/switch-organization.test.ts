import { randomUUID } from 'node:crypto'
import t from 'tap'
import { signInUser } from '../../lib/testing/index.js'
import { claimsOf } from '../support/passkey-application.js'
import { answerHeaders, refused } from '../support/refusal.js'
import { organizationApplication, teamApplication } from './fixtures/organization-application.js'
import { refusesOtherCallers } from './fixtures/refused-callers.js'

t.test('this session acts in the organisation, and its earlier access token ends', async t => {
  const { ada, again, id, events, asked, personOf } = await teamApplication(t)
  const other = await again(ada)
  events.length = 0
  asked()
  const answer = await ada.send('POST', '/organizations/current', { organizationId: id.toUpperCase() })
  t.equal(answer.statusCode, 200)
  t.hasStrict(answer.headers, answerHeaders)
  t.strictSame(asked(), ['sessions.find', 'users.find', 'organizations.find', 'memberships.switch'])
  const { accessToken, refreshToken, expiresIn, tokenType, ...others } = answer.json()
  t.strictSame([typeof refreshToken, expiresIn, tokenType], ['string', 900, 'Bearer'])
  t.strictSame(others.session, { ...ada.session, organization: { id, role: 'owner' } })
  t.strictSame(Object.keys(others), ['user', 'session', 'accessTokenExpiresAt'])
  t.hasStrict(claimsOf(accessToken), { sid: ada.session.id, org: id, org_role: 'owner', gen: 1 })
  const about = { userId: ada.id, sessionId: ada.session.id, organizationId: id }
  t.hasStrict(events, [{ name: 'organization_switched', ...about }])
  t.equal(events.length, 1)

  const here = personOf(answer, ada.email)
  refused(t, await ada.send('GET', '/me'), 401, 'FAST_AUTH_ACCESS_TOKEN_EXPIRED')
  t.strictSame((await here.send('GET', '/me')).json().organization, { id, role: 'owner' })
  t.equal((await other.send('GET', '/me')).json().organization, null, 'other sessions go on as before')
})

t.test('a session acts in none again', async t => {
  const { cyd, switchTo, refresh, events } = await teamApplication(t)
  const nowhere = await switchTo(cyd, null)
  t.equal(nowhere.session.organization, null)
  t.notOk('org' in claimsOf(nowhere.accessToken) || 'org_role' in claimsOf(nowhere.accessToken))
  t.hasStrict(events, [{ name: 'organization_switched', organizationId: null }])
  t.equal((await (await refresh(nowhere)).send('GET', '/me')).json().organization, null)
})

t.test('a refresh keeps the organisation; an earlier refresh token is refused', async t => {
  const { ada, switchTo, refresh, id, post } = await teamApplication(t)
  const here = await switchTo(ada, id)
  const later = await refresh(here)
  t.strictSame(later.session.organization, { id, role: 'owner' })
  refused(t, await post('/refresh', { refreshToken: ada.refreshToken }), 401, 'FAST_AUTH_REFRESH_TOKEN_REUSED')
})

t.test('a new sign-in acts in no organisation', async t => {
  const { ada, again, switchTo, id } = await teamApplication(t)
  await switchTo(ada, id)
  t.equal((await again(ada)).session.organization, null)
})

t.test('a browser gets new cookies, and sends the request from the same site', async t => {
  const { app, ada, id } = await teamApplication(t)
  const browser = await signInUser(app, { email: ada.email, password: ada.password, transport: 'cookie' })
  const request = { method: 'POST', url: '/auth/organizations/current', payload: { organizationId: id } } as const
  const answer = await browser.inject(request)
  t.strictSame([answer.statusCode, 'accessToken' in answer.json()], [200, false])
  t.strictSame(answer.cookies.map(({ name }) => name).toSorted(), ['__Host-access_token', '__Secure-refresh_token'])
  t.strictSame((await browser.inject('/auth/me')).json().organization, { id, role: 'owner' })
  const foreign = await browser.inject({ ...request, headers: { 'sec-fetch-site': 'cross-site' } })
  refused(t, foreign, 403, 'FAST_AUTH_CROSS_SITE_REQUEST')
})

t.test('a session cannot act where its user is not a member', async t => {
  const { ada, stranger, id, events } = await teamApplication(t)
  const choose = { organizationId: id }
  refused(t, await stranger.send('POST', '/organizations/current', choose), 404, 'FAST_AUTH_ORGANIZATION_NOT_FOUND')
  const unknown = { organizationId: randomUUID() }
  refused(t, await ada.send('POST', '/organizations/current', unknown), 404, 'FAST_AUTH_ORGANIZATION_NOT_FOUND')
  for (const wrong of [{}, { organizationId: 'x' }, { organizationId: 5 }, { organizationId: id, role: 'owner' }]) {
    refused(t, await ada.send('POST', '/organizations/current', wrong), 400, 'FST_ERR_VALIDATION')
  }
  const transport = await ada.send('POST', '/organizations/current', { ...choose, transport: 'token' })
  refused(t, transport, 400, 'FST_ERR_VALIDATION')
  t.match(transport.json().message, 'transport')
  t.notOk(events.some(({ name }) => name === 'organization_switched'))
  t.equal((await stranger.send('GET', '/me')).statusCode, 200)
})

t.test('a session acts in the personal organisation of its user', async t => {
  const { ada, again, switchTo } = await organizationApplication(t, { organizations: { personal: true } })
  const { organization } = (await ada.send('GET', '/me')).json()
  const later = await again(ada)
  t.equal(later.session.organization, null)
  t.strictSame((await switchTo(later, organization.id)).session.organization, organization)
})

for (const tokenMode of ['access-only', 'sliding'] as const) {
  t.test(`in the token mode ${tokenMode} the one token names the organisation`, async t => {
    const { ada, id, switchTo } = await teamApplication(t, { options: { tokenMode } })
    const here = await switchTo(ada, id)
    t.equal(here.refreshToken, undefined)
    t.hasStrict(claimsOf(here.accessToken), { org: id, org_role: 'owner' })
    t.strictSame((await here.send('GET', '/me')).json().organization, { id, role: 'owner' })
    t.strictSame((await ada.send('GET', '/me')).json().organization, { id, role: 'owner' }, 'from the storage')
  })
}

t.test('neither a visitor, nor an API key, nor a page of another site, nor an ended session switches', async t => {
  await refusesOtherCallers(t, ({ id }) => ({
    ...{ method: 'POST', path: '/organizations/current', payload: { organizationId: id } },
  }))
})
