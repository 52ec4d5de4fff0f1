import { randomUUID } from 'node:crypto'
import t from 'tap'
import { linksIn } from '../../lib/testing/index.js'
import { actingBefore } from '../support/acting-before.js'
import { answerHeaders, refused } from '../support/refusal.js'
import { publicUrl } from '../support/test-mail.js'
import { organizationApplication, teamApplication } from './fixtures/organization-application.js'
import { refusesOtherCallers, refusesOtherPaths } from './fixtures/refused-callers.js'

const expiresAt = '2026-01-08T12:00:00.000Z'

t.test('an admin invites an address, which gets a message with a link', async t => {
  const hooked: unknown[] = []
  const afterInvitationChange = (context: object) => void hooked.push(context)
  const application = await teamApplication(t, { options: { hooks: { afterInvitationChange } } })
  const { ben, mailbox, id, path, events, asked } = application
  hooked.length = 0
  const invitations = `${path.replace(id, id.toUpperCase())}/invitations`
  const answer = await ben.send('POST', invitations, { email: 'Dan@Example.com', role: 'member' })
  t.equal(answer.statusCode, 202)
  t.hasStrict(answer.headers, answerHeaders)
  const { id: invitationId, ...others } = answer.json()
  t.match(invitationId, /^[0-9a-f]{8}-[0-9a-f]{4}-4/)
  t.strictSame(others, { email: 'dan@example.com', role: 'member', expiresAt })
  t.strictSame(asked(), ['organizations.find', 'invitations.issue'])
  const about = { userId: ben.id, sessionId: ben.session.id, organizationId: id, invitationId }
  t.hasStrict(events, [{ name: 'organization_invitation_change', reason: 'member_invited', ...about }])
  t.equal(events.length, 1)
  t.notMatch(JSON.stringify(events), /dan@/i, 'the address is in no event')
  t.equal(hooked.length, 1)
  t.hasStrict(hooked[0], {
    invitation: { id: invitationId, organizationId: id, email: 'dan@example.com', role: 'member' },
    reason: 'member_invited',
  })
  const { subject, text, html } = await mailbox.waitForMessage('dan@example.com')
  t.equal(subject, 'You are invited to “Analytical Engines” at app.example.com')
  t.match(text, 'Your role there is member.')
  const [link = ''] = linksIn({ text })
  t.match(link, new RegExp(`^${publicUrl}/auth/invitations/accept#token=[\\w-]{43}$`))
  t.match(html, 'Analytical Engines')
})

t.test('the message quotes the name of the organisation as text', async t => {
  const { ada, found, mailbox } = await organizationApplication(t)
  const { id } = await found(ada, '<b>A & B</b> evil.example')
  await ada.send('POST', `/organizations/${id}/invitations`, { email: 'ben@example.com', role: 'admin' })
  const { subject, html } = await mailbox.waitForMessage('ben@example.com')
  t.match(subject, '<b>A & B</b>')
  t.notMatch(html, '<b>A')
  t.match(html, '&lt;b&gt;A &amp; B&lt;/b&gt;')
})

t.test('the response is the same for an address with an account, without one, and of a member', async t => {
  const { ada, cyd, stranger, path } = await teamApplication(t)
  const shapes = await Promise.all(
    [stranger.email, 'xyz@example.com', cyd.email].map(async email => {
      const answer = await ada.send('POST', `${path}/invitations`, { email, role: 'member' })
      const { id: _, email: __, ...others } = answer.json()
      return [answer.statusCode, Object.keys(answer.json()), others]
    }),
  )
  t.strictSame(shapes[1], shapes[0])
  t.strictSame(shapes[2], shapes[0])
})

t.test('the lifetime is that of the options, and a further invitation replaces the earlier one', async t => {
  const { ada, found, invite, post, advance } = await organizationApplication(t, {
    organizations: { invitationLifetimeSeconds: 300 },
  })
  const { id } = await found(ada)
  const first = await invite(ada, id, 'ben@example.com')
  t.equal(first.expiresAt, '2026-01-01T12:05:00.000Z')
  const second = await invite(ada, id, 'BEN@example.com', 'admin')
  refused(t, await post('/invitations/preview', { token: first.token }), 400, 'FAST_AUTH_ONE_TIME_TOKEN_INVALID')
  t.equal((await post('/invitations/preview', { token: second.token })).json().role, 'admin')
  t.equal((await ada.send('GET', `/organizations/${id}/invitations`)).json().items.length, 1)
  advance(300)
  refused(t, await post('/invitations/preview', { token: second.token }), 400, 'FAST_AUTH_ONE_TIME_TOKEN_INVALID')
})

t.test('an invitation grants only roles that are included in that of its sender, as a guard sees them', async t => {
  const roles = { maintainer: { like: 'admin' }, billing: { like: 'member' } } as const
  const { ada, ben, cyd, member, id, path } = await teamApplication(t, { organizations: { roles } })
  const invite = (by: typeof ada, role: string) =>
    by.send('POST', `${path}/invitations`, { email: 'dan@example.com', role })
  for (const role of ['owner', 'admin', 'member', 'maintainer', 'billing']) {
    t.equal((await invite(ada, role)).statusCode, 202, role)
    if (role === 'owner' || role === 'maintainer') refused(t, await invite(ben, role), 403, 'FAST_AUTH_ROLE_REQUIRED')
    else t.equal((await invite(ben, role)).statusCode, 202, role)
    refused(t, await invite(cyd, role), 403, 'FAST_AUTH_ROLE_REQUIRED')
  }
  const fay = await member(ada, id, 'fay@example.com', 'maintainer')
  for (const role of ['admin', 'maintainer', 'billing']) t.equal((await invite(fay, role)).statusCode, 202, role)
  refused(t, await invite(fay, 'owner'), 403, 'FAST_AUTH_ROLE_REQUIRED')
})

t.test('wrong addresses and roles are refused, and name the field', async t => {
  const team = await teamApplication(t)
  const { ada, path, asked, mailbox } = team
  const invite = (body: object) => ada.send('POST', `${path}/invitations`, body)
  const email = 'dan@example.com'
  for (const [body, field] of [
    [{ email: 'dan', role: 'member' }, 'email'],
    [{ email: 5, role: 'member' }, 'email'],
    [{ role: 'member' }, 'email'],
    [{ email: `${'x'.repeat(250)}@example.com`, role: 'member' }, 'email'],
    [{ email }, 'role'],
    [{ email, role: '' }, 'role'],
    [{ email, role: null }, 'role'],
    [{ email, role: 'x'.repeat(41) }, 'role'],
    [{ email, role: 'billing' }, 'body/role must be one of owner, admin, member'],
    [{ email, role: 'member', organizationName: 'x' }, 'body'],
  ] as const) {
    const answer = await invite(body)
    refused(t, answer, 400, 'FST_ERR_VALIDATION')
    t.match(answer.json().message, field)
  }
  t.strictSame(asked(), [])
  t.notOk(mailbox.messages.some(({ to }) => to === email))
  await refusesOtherPaths(t, team, { method: 'POST', path: `${path}/invitations`, payload: { email, role: 'member' } })
})

t.test('neither do users invite who are no members, nor does one invite to a personal organisation', async t => {
  const { ada, stranger, path } = await teamApplication(t, { organizations: { personal: true } })
  const payload = { email: 'dan@example.com', role: 'member' }
  refused(t, await stranger.send('POST', `${path}/invitations`, payload), 404, 'FAST_AUTH_ORGANIZATION_NOT_FOUND')
  const unknown = `/organizations/${randomUUID()}/invitations`
  refused(t, await ada.send('POST', unknown, payload), 404, 'FAST_AUTH_ORGANIZATION_NOT_FOUND')
  const { organization } = (await ada.send('GET', '/me')).json()
  const own = `/organizations/${organization.id}/invitations`
  refused(t, await ada.send('POST', own, payload), 409, 'FAST_AUTH_PERSONAL_ORGANIZATION')
})

t.test('members and invitations that wait fill an organisation', async t => {
  const { ada, path, advance, again } = await teamApplication(t, { organizations: { maximumMembers: 4 } })
  const invite = (email: string, by = ada) => by.send('POST', `${path}/invitations`, { email, role: 'member' })
  t.equal((await invite('dan@example.com')).statusCode, 202)
  refused(t, await invite('fay@example.com'), 409, 'FAST_AUTH_ORGANIZATION_FULL')
  t.equal((await invite('dan@example.com')).statusCode, 202, 'in place of the earlier one')
  advance(7 * 86_400)
  t.equal((await invite('fay@example.com', await again(ada))).statusCode, 202, 'one that has expired takes no place')
})

t.test('an organisation sends as many invitations as the limit allows', async t => {
  const { ada, path, events } = await teamApplication(t, {
    options: { limits: { mailsPerOrganizationPerHour: 4 } },
  })
  const invite = (name: string) =>
    ada.send('POST', `${path}/invitations`, { email: `${name}@example.com`, role: 'member' })
  for (const name of ['dan', 'fay']) t.equal((await invite(name)).statusCode, 202, 'two were sent before')
  const answer = await invite('gus')
  t.strictSame([answer.statusCode, answer.json().code], [429, 'FAST_AUTH_TOO_MANY_REQUESTS'])
  t.match(events.at(-1), { name: 'rate_limited', reason: 'mail_of_organization' })
})

t.test('a role that is lowered meanwhile sends nothing', async t => {
  const { storage, armed, right } = actingBefore('invitations.issue')
  const { ada, ben, id, path, mailbox } = await teamApplication(t, { options: { storage } })
  const actor = { userId: ada.id, atLeast: 'owner', ownRoles: {} } as const
  const now = Date.UTC(2026, 0, 1, 12)
  armed.act = () => right.memberships.changeRole({ organizationId: id, userId: ben.id, role: 'member', actor, now })
  const answer = await ben.send('POST', `${path}/invitations`, { email: 'dan@example.com', role: 'member' })
  refused(t, answer, 403, 'FAST_AUTH_ROLE_REQUIRED')
  t.notOk(mailbox.messages.some(({ to }) => to === 'dan@example.com'))
})

t.test('neither a visitor, nor an API key, nor a page of another site, nor an ended session invites', async t => {
  await refusesOtherCallers(t, ({ path }) => ({
    ...{ method: 'POST', path: `${path}/invitations`, payload: { email: 'dan@example.com', role: 'member' } },
  }))
})
