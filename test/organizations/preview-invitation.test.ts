import t from 'tap'
import { answerHeaders, refused } from '../support/refusal.js'
import { organizationApplication, teamApplication } from './fixtures/organization-application.js'

const invalid = 'FAST_AUTH_ONE_TIME_TOKEN_INVALID'

t.test('the client that has the token sees what the invitation is for, as often as it asks', async t => {
  const { ada, found, invite, post, events, asked } = await organizationApplication(t)
  const { id } = await found(ada)
  const { token } = await invite(ada, id, 'grace.hopper@example.com', 'admin')
  events.length = 0
  for (const time of [1, 2]) {
    asked()
    const answer = await post('/invitations/preview', { token })
    t.equal(answer.statusCode, 200, String(time))
    t.hasStrict(answer.headers, answerHeaders)
    t.strictSame(answer.json(), {
      organizationName: 'Analytical Engines',
      role: 'admin',
      email: 'g***@example.com',
      expiresAt: '2026-01-08T12:00:00.000Z',
    })
    t.strictSame(asked(), ['invitations.find'])
  }
  t.strictSame(events, [])
  await ada.send('PATCH', `/organizations/${id}`, { name: 'Looms' })
  t.equal((await post('/invitations/preview', { token })).json().organizationName, 'Looms')
})

t.test('it lives until its lifetime is over', async t => {
  const { ada, found, invite, post, advance } = await organizationApplication(t)
  const { token } = await invite(ada, (await found(ada)).id, 'ben@example.com')
  advance(7 * 86_400 - 1)
  t.equal((await post('/invitations/preview', { token })).statusCode, 200)
  advance(1)
  refused(t, await post('/invitations/preview', { token }), 400, invalid)
})

t.test('it ends with what its sender may do', async t => {
  const { ada, ben, invite, post, id, path } = await teamApplication(t)
  const { token } = await invite(ben, id, 'dan@example.com')
  t.equal((await post('/invitations/preview', { token })).statusCode, 200)
  await ada.send('PATCH', `${path}/members/${ben.id}`, { role: 'member' })
  refused(t, await post('/invitations/preview', { token }), 400, invalid)
})

t.test('texts that cannot be a token cost no storage call, and other bodies are refused', async t => {
  const { post, asked } = await organizationApplication(t)
  for (const token of ['', 'x', 'x'.repeat(44), 'ä'.repeat(43), 'x'.repeat(5000), 5, null])
    refused(t, await post('/invitations/preview', { token }), 400, invalid)
  t.strictSame(asked(), [])
  refused(t, await post('/invitations/preview', { token: 'A'.repeat(43) }), 400, invalid)
  t.strictSame(asked(), ['invitations.find'])
  refused(t, await post('/invitations/preview', {}), 400, 'FST_ERR_VALIDATION')
  refused(t, await post('/invitations/preview', { token: 'A'.repeat(43), email: 'x' }), 400, 'FST_ERR_VALIDATION')
  refused(t, await post('/invitations/preview?token=x', { token: 'A'.repeat(43) }), 400, 'FST_ERR_VALIDATION')
})
