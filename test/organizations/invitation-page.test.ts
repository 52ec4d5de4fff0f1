import t from 'tap'
import { memoryStorage } from '../../lib/engines/memory.js'
import { bearer } from '../support/account.js'
import { actingBefore } from '../support/acting-before.js'
import { refused } from '../support/refusal.js'
import { testApplication } from '../support/test-application.js'
import { organizationApplication, teamApplication } from './fixtures/organization-application.js'

t.test('the link opens a page that does nothing by itself, and may run its own script alone', async t => {
  const { app, asked } = await organizationApplication(t)
  const answer = await app.inject('/auth/invitations/accept')
  t.equal(answer.statusCode, 200)
  t.equal(answer.headers['content-type'], 'text/html; charset=utf-8')
  t.match(answer.headers['content-security-policy'], /script-src 'sha256-/)
  t.match(answer.body, 'Nothing happens before you decide.')
  t.strictSame(asked(), [])
})

t.test('a token that is declined while it is accepted is invalid', async t => {
  const { storage, armed } = actingBefore('invitations.accept')
  const { ada, stranger, invite, post, id } = await teamApplication(t, { options: { storage } })
  const { token } = await invite(ada, id, stranger.email)
  armed.act = () => post('/invitations/decline', { token })
  const answer = await stranger.send('POST', '/invitations/accept', { token })
  refused(t, answer, 400, 'FAST_AUTH_ONE_TIME_TOKEN_INVALID')
})

t.test('a role that the application does not have any more is like member', async t => {
  const storage = memoryStorage()
  const roles = { maintainer: { like: 'admin' } } as const
  const team = await teamApplication(t, { organizations: { roles }, options: { storage } })
  const dan = await team.member(team.ada, team.id, 'dan@example.com', 'maintainer')
  const rename = { method: 'PATCH', url: `/auth${team.path}`, payload: { name: 'Looms' } } as const
  t.equal((await dan.inject(rename)).statusCode, 200)
  const { app } = await testApplication(t, { mail: true, options: { storage, organizations: {} } })
  refused(t, await app.inject({ ...rename, headers: bearer(dan.accessToken) }), 403, 'FAST_AUTH_ROLE_REQUIRED')
})
