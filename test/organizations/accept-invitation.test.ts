import t from 'tap'
import { memoryStorage } from '../../lib/engines/memory.js'
import { signInUser } from '../../lib/testing/index.js'
import { bearer } from '../support/account.js'
import { claimsOf } from '../support/passkey-application.js'
import { noon } from '../support/protected-application.js'
import { answerHeaders, refused } from '../support/refusal.js'
import { testApplication } from '../support/test-application.js'
import { organizationApplication, type Person, teamApplication } from './fixtures/organization-application.js'
import { refusesOtherCallers } from './fixtures/refused-callers.js'

const invalid = 'FAST_AUTH_ONE_TIME_TOKEN_INVALID'
const accept = (by: Person, token: unknown) => by.send('POST', '/invitations/accept', { token })

t.test('the invited user becomes a member, acts there, and has a confirmed address', async t => {
  const hooked: unknown[] = []
  const hook = (context: object) => void hooked.push(context)
  const hooks = { afterMembershipChange: hook, afterEmailConfirm: hook, afterInvitationChange: hook }
  const application = await teamApplication(t, { options: { hooks } })
  const { ada, stranger, invite, personOf, post, id, path, events, asked } = application
  const { token } = await invite(ada, id, stranger.email, 'admin')
  t.equal(stranger.user.emailConfirmedAt, null)
  events.length = hooked.length = 0
  asked()
  const answer = await accept(stranger, token)
  t.equal(answer.statusCode, 200)
  t.hasStrict(answer.headers, answerHeaders)
  t.strictSame(asked(), ['sessions.find', 'users.find', 'invitations.find', 'invitations.accept'])
  const { accessToken, refreshToken, user, session, ...others } = answer.json()
  t.strictSame(Object.keys(others), ['accessTokenExpiresAt', 'tokenType', 'expiresIn'])
  t.type(refreshToken, 'string')
  t.strictSame(user, { ...stranger.user, emailConfirmedAt: '2026-01-01T12:00:00.000Z' })
  t.strictSame(session, { ...stranger.session, organization: { id, role: 'admin' } })
  t.hasStrict(claimsOf(accessToken), { sid: session.id, org: id, org_role: 'admin', gen: 1 })

  const about = { userId: stranger.id, sessionId: stranger.session.id }
  t.hasStrict(events, [
    { name: 'user_updated', reason: 'email_confirmed', ...about },
    { name: 'organization_switched', organizationId: id, ...about },
    {
      ...{ name: 'organization_membership_change', organizationId: id, memberId: stranger.id, role: 'admin' },
      ...{ reason: 'member_joined', ...about },
    },
  ])
  t.equal(events.length, 3)
  t.equal(hooked.length, 2)
  t.hasStrict(hooked, [
    { user: { id: stranger.id }, reason: 'email_confirmed' },
    {
      ...{ userId: stranger.id, reason: 'member_joined' },
      membership: { organizationId: id, userId: stranger.id, role: 'admin' },
    },
  ])

  refused(t, await stranger.send('GET', '/me'), 401, 'FAST_AUTH_ACCESS_TOKEN_EXPIRED')
  const joined = personOf(answer, stranger.email)
  t.hasStrict((await joined.send('GET', path)).json(), { role: 'admin', current: true })
  refused(t, await accept(joined, token), 400, invalid)
  refused(t, await post('/invitations/preview', { token }), 400, invalid)
})

t.test('a user whose address is confirmed causes no further confirmation', async t => {
  const { ada, stranger, found, invite, personOf, events, id } = await teamApplication(t)
  const first = await invite(ada, id, stranger.email)
  const joined = personOf(await accept(stranger, first.token), stranger.email)
  const other = await found(ada, 'Looms')
  const second = await invite(ada, other.id, stranger.email)
  events.length = 0
  t.strictSame((await accept(joined, second.token)).json().session.organization, { id: other.id, role: 'member' })
  const names = events.map(({ name }) => name)
  t.strictSame(names, ['organization_switched', 'organization_membership_change'])
})

t.test('the link of the confirmation that was sent before is used up', async t => {
  const { app, ada, found, invite, post, mailbox } = await organizationApplication(t)
  const { id } = await found(ada)
  const ben = { email: 'ben@example.com', password: ada.password }
  await post('/sign-up', { ...ben, transport: 'token' })
  const confirmation = await mailbox.waitForMessage(ben.email)
  const [, token] = /#token=([\w-]{43})/.exec(confirmation.text) ?? []
  const signedIn = await signInUser(app, ben)
  const invitation = await invite(ada, id, ben.email)
  const payload = { token: invitation.token, refreshToken: signedIn.refreshToken }
  const answer = await signedIn.inject({ method: 'POST', url: '/auth/invitations/accept', payload })
  t.equal(answer.statusCode, 200)
  refused(t, await post('/email/confirm', { token, password: ben.password }), 400, invalid)
})

t.test('a member keeps the role, and the session acts there', async t => {
  const { ada, ben, switchTo, invite, id, events } = await teamApplication(t)
  const elsewhere = await switchTo(ben, null)
  const { token } = await invite(ada, id, ben.email, 'member')
  events.length = 0
  const answer = await accept(elsewhere, token)
  t.strictSame(answer.json().session.organization, { id, role: 'admin' })
  t.hasStrict(claimsOf(answer.json().accessToken), { org: id, org_role: 'admin' })
  t.strictSame(
    events.map(({ name }) => name),
    ['organization_switched'],
    'no membership has changed',
  )
})

t.test('a user with another address cannot accept, and the invitation stays', async t => {
  const { ada, cyd, stranger, invite, post, id, events } = await teamApplication(t)
  const { token } = await invite(ada, id, 'dan@example.com')
  events.length = 0
  refused(t, await accept(stranger, token), 400, invalid)
  refused(t, await accept(cyd, token), 400, invalid)
  t.strictSame(events, [])
  t.equal((await post('/invitations/preview', { token })).statusCode, 200)
})

t.test('one that has expired, or whose sender left, is not accepted', async t => {
  const { ada, ben, stranger, again, invite, id, path, advance } = await teamApplication(t)
  const { token } = await invite(ben, id, stranger.email)
  await ada.send('DELETE', `${path}/members/${ben.id}`)
  refused(t, await accept(stranger, token), 400, invalid)
  const next = await invite(ada, id, stranger.email)
  advance(7 * 86_400)
  refused(t, await accept(await again(stranger), next.token), 400, invalid)
})

t.test('a full organisation takes no member, and the invitation stays', async t => {
  const storage = memoryStorage()
  const { ada, cyd, stranger, invite, post, id } = await teamApplication(t, { options: { storage } })
  const { token } = await invite(ada, id, stranger.email)
  const again = await invite(ada, id, cyd.email)
  const small = { storage, organizations: { maximumMembers: 3 } }
  const { post: postThere } = await testApplication(t, { mail: true, options: small })
  const accepting = (token: string, { accessToken, refreshToken }: Person) =>
    postThere('/invitations/accept', { token, refreshToken }, bearer(accessToken))
  const refusal = await accepting(token, stranger)
  refused(t, refusal, 409, 'FAST_AUTH_ORGANIZATION_FULL')
  t.equal((await post('/invitations/preview', { token })).statusCode, 200)
  const member = await accepting(again.token, cyd)
  t.equal(member.statusCode, 200, 'a member needs no place')
})

t.test('a session that ends while the claims are computed accepts nothing', async t => {
  const storage = memoryStorage()
  let ending: string | null = null
  async function claims() {
    if (ending !== null) await storage.sessions.revoke({ sessionId: ending, now: noon })
    return {}
  }
  const { ada, stranger, invite, post, id } = await teamApplication(t, { options: { storage, claims } })
  const { token } = await invite(ada, id, stranger.email)
  ending = stranger.session.id
  refused(t, await accept(stranger, token), 401, 'FAST_AUTH_SESSION_REVOKED')
  t.equal((await post('/invitations/preview', { token })).statusCode, 200, 'the invitation stays')
})

t.test('a browser gets new cookies, and sends the request from the same site', async t => {
  const { app, ada, stranger, invite, id } = await teamApplication(t)
  const account = { email: stranger.email, password: stranger.password }
  const browser = await signInUser(app, { ...account, transport: 'cookie' })
  const { token } = await invite(ada, id, stranger.email)
  const request = { method: 'POST', url: '/auth/invitations/accept' } as const
  const payload = { token }
  const foreign = await browser.inject({ ...request, payload, headers: { 'sec-fetch-site': 'cross-site' } })
  refused(t, foreign, 403, 'FAST_AUTH_CROSS_SITE_REQUEST')
  const answer = await browser.inject({ ...request, payload })
  t.strictSame([answer.statusCode, answer.cookies.length, 'accessToken' in answer.json()], [200, 2, false])
  t.strictSame((await browser.inject('/auth/me')).json().organization, { id, role: 'member' })
})

t.test('texts that cannot be a token cost no storage call, and other bodies are refused', async t => {
  const { ada, asked } = await organizationApplication(t)
  for (const token of ['', 'x', 'x'.repeat(44), 'ä'.repeat(43), 5, null])
    refused(t, await accept(ada, token), 400, invalid)
  t.strictSame(asked(), [])
  refused(t, await accept(ada, 'A'.repeat(43)), 400, invalid)
  for (const body of [{}, { token: 'A'.repeat(43), role: 'owner' }, { token: 'A'.repeat(43), transport: 'token' }])
    refused(t, await ada.send('POST', '/invitations/accept', body), 400, 'FST_ERR_VALIDATION')
})

t.test('neither a visitor, nor an API key, nor a page of another site accepts', async t => {
  await refusesOtherCallers(t, async ({ ada, invite, id }) => {
    const { token } = await invite(ada, id, ada.email)
    return { method: 'POST', path: '/invitations/accept', payload: { token } }
  })
})
