import { randomUUID } from 'node:crypto'
import t from 'tap'
import { answerHeaders, refused } from '../support/refusal.js'
import { organizationApplication, teamApplication } from './fixtures/organization-application.js'
import { refusesOtherCallers, refusesOtherPaths } from './fixtures/refused-callers.js'

t.test('an admin withdraws an invitation, whose link is no longer accepted', async t => {
  const hooked: unknown[] = []
  const afterInvitationChange = (context: object) => void hooked.push(context)
  const application = await teamApplication(t, { options: { hooks: { afterInvitationChange } } })
  const { ada, ben, invite, post, id, path, events, asked } = application
  const invitation = await invite(ada, id, 'dan@example.com')
  events.length = hooked.length = 0
  asked()
  const place = `${path.replace(id, id.toUpperCase())}/invitations/${invitation.id.toUpperCase()}`
  const answer = await ben.send('DELETE', place)
  t.strictSame([answer.statusCode, answer.body], [204, ''])
  t.hasStrict(answer.headers, answerHeaders)
  t.strictSame(asked(), ['invitations.revoke'])
  const about = { userId: ben.id, sessionId: ben.session.id, organizationId: id, invitationId: invitation.id }
  t.hasStrict(events, [{ name: 'organization_invitation_change', reason: 'invitation_revoked', ...about }])
  t.equal(events.length, 1)
  t.equal(hooked.length, 1)
  t.hasStrict(hooked[0], {
    invitation: { id: invitation.id, organizationId: id, email: 'dan@example.com', role: 'member' },
    reason: 'invitation_revoked',
  })
  const { token } = invitation
  refused(t, await post('/invitations/preview', { token }), 400, 'FAST_AUTH_ONE_TIME_TOKEN_INVALID')
  t.strictSame((await ada.send('GET', `${path}/invitations`)).json().items, [])
  refused(t, await ben.send('DELETE', place), 404, 'FAST_AUTH_INVITATION_NOT_FOUND')
})

t.test('neither a member withdraws, nor a user who is none, nor an admin of another organisation', async t => {
  const team = await teamApplication(t)
  const { ada, cyd, stranger, found, invite, id, path } = team
  const invitation = await invite(ada, id, 'dan@example.com')
  const place = `${path}/invitations/${invitation.id}`
  refused(t, await cyd.send('DELETE', place), 403, 'FAST_AUTH_ROLE_REQUIRED')
  refused(t, await stranger.send('DELETE', place), 404, 'FAST_AUTH_ORGANIZATION_NOT_FOUND')
  const other = await found(stranger)
  const there = `/organizations/${other.id}/invitations/${invitation.id}`
  refused(t, await stranger.send('DELETE', there), 404, 'FAST_AUTH_INVITATION_NOT_FOUND')
  const unknown = `/organizations/${randomUUID()}/invitations/${invitation.id}`
  refused(t, await ada.send('DELETE', unknown), 404, 'FAST_AUTH_ORGANIZATION_NOT_FOUND')
  refused(t, await ada.send('DELETE', `${path}/invitations/${randomUUID()}`), 404, 'FAST_AUTH_INVITATION_NOT_FOUND')
  await refusesOtherPaths(t, team, { method: 'DELETE', path: place })
  t.equal((await ada.send('GET', `${path}/invitations`)).json().items.length, 1)
})

t.test('a personal organisation has no invitations', async t => {
  const { ada } = await organizationApplication(t, { organizations: { personal: true } })
  const { organization } = (await ada.send('GET', '/me')).json()
  const place = `/organizations/${organization.id}/invitations/${randomUUID()}`
  refused(t, await ada.send('DELETE', place), 409, 'FAST_AUTH_PERSONAL_ORGANIZATION')
})

t.test('neither a visitor, nor an API key, nor a page of another site, nor an ended session withdraws', async t => {
  await refusesOtherCallers(t, async ({ ada, invite, id, path }) => {
    const invitation = await invite(ada, id, 'dan@example.com')
    return { method: 'DELETE', path: `${path}/invitations/${invitation.id}` }
  })
})
