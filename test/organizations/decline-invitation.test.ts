import t from 'tap'
import { answerHeaders, refused } from '../support/refusal.js'
import { teamApplication } from './fixtures/organization-application.js'

const invalid = 'FAST_AUTH_ONE_TIME_TOKEN_INVALID'

t.test('the client that has the token declines, and uses it up', async t => {
  const hooked: unknown[] = []
  const afterInvitationChange = (context: object) => void hooked.push(context)
  const application = await teamApplication(t, { options: { hooks: { afterInvitationChange } } })
  const { ada, invite, post, id, path, events, asked } = application
  const { token, id: invitationId } = await invite(ada, id, 'dan@example.com')
  events.length = hooked.length = 0
  asked()
  const answer = await post('/invitations/decline', { token })
  t.strictSame([answer.statusCode, answer.body], [204, ''])
  t.hasStrict(answer.headers, answerHeaders)
  t.strictSame(asked(), ['invitations.decline'])
  const about = { userId: null, sessionId: null, organizationId: id, invitationId }
  t.hasStrict(events, [{ name: 'organization_invitation_change', reason: 'invitation_declined', ...about }])
  t.equal(events.length, 1)
  t.equal(hooked.length, 1)
  t.hasStrict(hooked[0], {
    invitation: { id: invitationId, organizationId: id, email: 'dan@example.com', role: 'member' },
    reason: 'invitation_declined',
  })
  refused(t, await post('/invitations/decline', { token }), 400, invalid)
  refused(t, await post('/invitations/preview', { token }), 400, invalid)
  t.strictSame((await ada.send('GET', `${path}/invitations`)).json().items, [])
  t.equal((await ada.send('POST', `${path}/invitations`, { email: 'dan@example.com', role: 'member' })).statusCode, 202)
})

t.test('one that has expired is not declined', async t => {
  const { ada, invite, post, id, advance, events } = await teamApplication(t)
  const { token } = await invite(ada, id, 'dan@example.com')
  events.length = 0
  advance(7 * 86_400)
  refused(t, await post('/invitations/decline', { token }), 400, invalid)
  t.strictSame(events, [])
})

t.test('texts that cannot be a token cost no storage call, and other bodies are refused', async t => {
  const { post, asked } = await teamApplication(t)
  for (const token of ['', 'x', 'x'.repeat(44), 'ä'.repeat(43), 5, null])
    refused(t, await post('/invitations/decline', { token }), 400, invalid)
  t.strictSame(asked(), [])
  refused(t, await post('/invitations/decline', {}), 400, 'FST_ERR_VALIDATION')
  refused(t, await post('/invitations/decline', { token: 'A'.repeat(43), reason: 'x' }), 400, 'FST_ERR_VALIDATION')
})
