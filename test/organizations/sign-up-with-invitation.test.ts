import t from 'tap'
import { memoryStorage } from '../../lib/engines/memory.js'
import { SignUpRefusedError } from '../../lib/index.js'
import { bearer } from '../support/account.js'
import { claimsOf } from '../support/passkey-application.js'
import { answerHeaders, refused } from '../support/refusal.js'
import { testApplication } from '../support/test-application.js'
import { bodyOf, organizationApplication, teamApplication } from './fixtures/organization-application.js'

const invalid = 'FAST_AUTH_ONE_TIME_TOKEN_INVALID'
const time = '2026-01-01T12:00:00.000Z'
const dan = { email: 'dan@example.com', password: 'a horse of another colour', transport: 'token' } as const

for (const requireEmailConfirmation of [false, true]) {
  t.test(`a new user joins with a proven address (requireEmailConfirmation: ${requireEmailConfirmation})`, async t => {
    const hooked: string[] = []
    const hooks = {
      afterSignUp: () => void hooked.push('afterSignUp'),
      afterMembershipChange: ({ reason }: { reason: string }) => void hooked.push(reason),
    }
    const application = await teamApplication(t, { options: { requireEmailConfirmation, hooks } })
    const { app, ada, invite, post, id, path, events, asked, mailbox } = application
    const { token } = await invite(ada, id, dan.email, 'admin')
    events.length = hooked.length = 0
    asked()
    const answer = await post('/sign-up', { ...dan, email: 'Dan@example.com', invitationToken: token })
    t.equal(answer.statusCode, 201)
    t.hasStrict(answer.headers, answerHeaders)
    t.strictSame(asked(), ['invitations.find', 'invitations.signUp'])
    const { user, session, accessToken } = answer.json()
    t.hasStrict(user, { email: dan.email, emailConfirmedAt: time, createdAt: time, lastSignInAt: time })
    t.strictSame(session.organization, { id, role: 'admin' })
    t.hasStrict(claimsOf(accessToken), { org: id, org_role: 'admin', gen: 0 })
    const about = { userId: user.id, sessionId: session.id }
    t.hasStrict(events, [
      { name: 'user_created', ...about },
      { name: 'authn_login_success', ...about },
      {
        ...{ name: 'organization_membership_change', organizationId: id, memberId: user.id, role: 'admin' },
        ...{ reason: 'member_joined', ...about },
      },
    ])
    t.equal(events.length, 3)
    t.strictSame(hooked, ['afterSignUp', 'member_joined'])
    t.equal((await app.inject({ url: `/auth${path}/members`, headers: bearer(accessToken) })).json().items.length, 4)
    t.strictSame((await ada.send('GET', `${path}/invitations`)).json().items, [])
    t.equal((await post('/sign-in', dan)).statusCode, 200)
    t.equal(mailbox.messages.filter(({ to }) => to === dan.email).length, 1, 'the invitation is the only message')
    refused(t, await post('/sign-up', { ...dan, email: 'fay@example.com', invitationToken: token }), 400, invalid)
  })

  t.test(
    `the invited person learns that the address is taken (requireEmailConfirmation: ${requireEmailConfirmation})`,
    async t => {
      const { ada, stranger, invite, post, id, events } = await teamApplication(t, {
        options: { requireEmailConfirmation },
      })
      const { token: invitationToken } = await invite(ada, id, stranger.email)
      events.length = 0
      const answer = await post('/sign-up', { ...dan, email: stranger.email, invitationToken })
      refused(t, answer, 409, 'FAST_AUTH_USER_EXISTS')
      t.equal(answer.json().taken, 'email')
      t.hasStrict(events, [{ name: 'user_create_fail', reason: 'email_taken' }])
      t.equal((await post('/invitations/preview', { token: invitationToken })).statusCode, 200)
    },
  )
}

t.test('a user name that is taken leaves the invitation', async t => {
  const { ada, found, invite, post } = await organizationApplication(t, { options: { usernames: true } })
  const { id } = await found(ada)
  const { token: invitationToken } = await invite(ada, id, dan.email)
  await post('/sign-up', { ...dan, email: 'fay@example.com', username: 'dan' })
  const taken = await post('/sign-up', { ...dan, username: 'Dan', invitationToken })
  refused(t, taken, 409, 'FAST_AUTH_USER_EXISTS')
  t.equal(taken.json().taken, 'username')
  const answer = await post('/sign-up', { ...dan, username: 'dan_2', invitationToken })
  t.hasStrict(answer.json(), { user: { username: 'dan_2', emailConfirmedAt: time } })
})

t.test('an invitation is for its address alone', async t => {
  const { app, ada, invite, post, id, asked } = await teamApplication(t)
  const { token: invitationToken } = await invite(ada, id, dan.email)
  const other = { ...dan, email: 'fay@example.com' }
  refused(t, await post('/sign-up', { ...other, invitationToken }), 400, invalid)
  t.equal((await app.fastAuth.findUser({ email: other.email })) ?? null, null)
  asked()
  for (const token of ['', 'x', 'ä'.repeat(43), 5, null]) {
    const answer = await post('/sign-up', { ...dan, invitationToken: token })
    t.equal(answer.statusCode, 400)
  }
  t.strictSame(asked(), [], 'what cannot be a token costs no storage call')
  refused(t, await post('/sign-up', { ...dan, invitationToken: 'A'.repeat(43) }), 400, invalid)
})

t.test('a text that is no token gets the answer of every other invalid one', async t => {
  const { post } = await teamApplication(t)
  for (const invitationToken of ['', 'x', null, 5, [], {}, 'x'.repeat(1_000)])
    refused(t, await post('/sign-up', { ...dan, invitationToken }), 400, invalid)
  refused(t, await post('/sign-up', { ...dan, email: '' }), 400, 'FST_ERR_VALIDATION')
})

t.test('one that has expired creates no account', async t => {
  const { ada, invite, post, id, advance } = await teamApplication(t)
  const { token: invitationToken } = await invite(ada, id, dan.email)
  advance(7 * 86_400)
  refused(t, await post('/sign-up', { ...dan, invitationToken }), 400, invalid)
  t.equal((await post('/sign-up', dan)).statusCode, 201, 'the address is free')
})

t.test('of two sign-ups with one invitation one succeeds', async t => {
  const { ada, invite, post, id, path } = await teamApplication(t)
  const { token: invitationToken } = await invite(ada, id, dan.email)
  const answers = await Promise.all([1, 2].map(() => post('/sign-up', { ...dan, invitationToken })))
  const statuses = answers.map(({ statusCode }) => statusCode).toSorted()
  t.equal(statuses[0], 201)
  t.ok([400, 409].includes(Number(statuses[1])))
  t.equal((await ada.send('GET', `${path}/members`)).json().items.length, 4)
})

t.test('a full organisation takes no new user, and no account is created', async t => {
  const storage = memoryStorage()
  const { ada, invite, id } = await teamApplication(t, { options: { storage } })
  const { token: invitationToken } = await invite(ada, id, dan.email)
  const options = { storage, organizations: { maximumMembers: 3 } }
  const { post } = await testApplication(t, { mail: true, options })
  refused(t, await post('/sign-up', { ...dan, invitationToken }), 409, 'FAST_AUTH_ORGANIZATION_FULL')
  t.equal((await post('/sign-up', dan)).statusCode, 201, 'the address is free')
})

t.test('an application that refuses sign-ups refuses this one too, and the invitation stays', async t => {
  const beforeSignUp = ({ email }: { email: string }) => {
    if (email === dan.email) throw new SignUpRefusedError('Not from this company')
  }
  const { ada, invite, post, id } = await teamApplication(t, { options: { hooks: { beforeSignUp } } })
  const { token: invitationToken } = await invite(ada, id, dan.email)
  const answer = await post('/sign-up', { ...dan, invitationToken })
  t.strictSame([answer.statusCode, answer.json().code], [403, 'FAST_AUTH_SIGN_UP_REFUSED'])
  const weak = await post('/sign-up', { ...dan, password: 'short', invitationToken })
  t.equal(weak.statusCode, 400)
  t.equal((await post('/invitations/preview', { token: invitationToken })).statusCode, 200)
})

t.test('a browser joins with cookies', async t => {
  const { app, ada, invite, post, id } = await teamApplication(t)
  const { token: invitationToken } = await invite(ada, id, dan.email)
  const answer = await post('/sign-up', { ...dan, transport: 'cookie', invitationToken })
  t.strictSame([answer.statusCode, 'accessToken' in answer.json()], [201, false])
  const cookies = Object.fromEntries(answer.cookies.map(({ name, value }) => [name, value]))
  t.strictSame((await app.inject({ url: '/auth/me', cookies })).json().organization, { id, role: 'member' })
})

t.test('with personal organisations a new member has theirs too, and acts in that of the invitation', async t => {
  const { app, ada, found, invite, post } = await organizationApplication(t, { organizations: { personal: true } })
  const { id } = await found(ada)
  const { token: invitationToken } = await invite(ada, id, dan.email)
  const answer = await post('/sign-up', { ...dan, invitationToken })
  const { accessToken, session } = bodyOf<{ accessToken: string; session: object }>(answer, 201)
  t.hasStrict(session, { organization: { id, role: 'member' } })
  const { items } = (await app.inject({ url: '/auth/organizations', headers: bearer(accessToken) })).json()
  const kinds = items.map(({ kind, role, current }: Record<string, unknown>) => [kind, role, current])
  t.strictSame(kinds.toSorted(), [
    ['personal', 'owner', false],
    ['shared', 'member', true],
  ])
})
