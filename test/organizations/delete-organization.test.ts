import { randomUUID } from 'node:crypto'
import t from 'tap'
import { setUpTotp } from '../../lib/testing/index.js'
import { bearer } from '../support/account.js'
import { noon } from '../support/protected-application.js'
import { answerHeaders, refused } from '../support/refusal.js'
import { bodyOf, organizationApplication, teamApplication } from './fixtures/organization-application.js'
import { refusesOtherCallers, refusesOtherPaths } from './fixtures/refused-callers.js'

t.test('an owner deletes the organisation, and every access in it ends', async t => {
  const hooked: unknown[] = []
  const afterOrganizationChange = (context: object) => void hooked.push(context)
  const application = await teamApplication(t, { options: { hooks: { afterOrganizationChange } } })
  const { app, ada, ben, cyd, invite, post, refresh, id, path, events, asked } = application
  const { token } = await invite(ada, id, 'dan@example.com')
  const created = await cyd.send('POST', '/api-keys', { name: 'deploy', organizationId: id })
  const { key, id: apiKeyId } = bodyOf<{ key: string; id: string }>(created, 201)
  const use = () => app.inject({ url: '/auth/me', headers: bearer(key) })
  t.equal((await use()).statusCode, 200)
  events.length = hooked.length = 0
  asked()

  const answer = await ada.send('DELETE', path.replace(id, id.toUpperCase()))
  t.strictSame([answer.statusCode, answer.body], [204, ''])
  t.hasStrict(answer.headers, answerHeaders)
  t.strictSame(asked(), ['users.find', 'organizations.delete'])
  const about = { userId: ada.id, sessionId: ada.session.id }
  t.hasStrict(events, [
    { name: 'authn_token_revoked', apiKeyId, reason: 'membership_ended', userId: null, sessionId: null },
    { name: 'organization_change', organizationId: id, reason: 'organization_deleted', ...about },
  ])
  t.equal(events.length, 2)
  t.equal(hooked.length, 1)
  t.hasStrict(hooked[0], {
    userId: ada.id,
    organization: { id, name: 'Analytical Engines', kind: 'shared' },
    reason: 'organization_deleted',
  })

  refused(t, await use(), 401, 'FAST_AUTH_API_KEY_INVALID')
  refused(t, await post('/invitations/preview', { token }), 400, 'FAST_AUTH_ONE_TIME_TOKEN_INVALID')
  refused(t, await ada.send('GET', path), 404, 'FAST_AUTH_ORGANIZATION_NOT_FOUND')
  for (const one of [ben, cyd]) {
    refused(t, await one.send('GET', '/me'), 401, 'FAST_AUTH_ACCESS_TOKEN_EXPIRED')
    const later = await refresh(one)
    t.equal((await later.send('GET', '/me')).json().organization, null)
    t.strictSame((await later.send('GET', '/organizations')).json(), { items: [], next: null })
  }
})

t.test('neither an admin deletes it, nor a member, nor a user who is none', async t => {
  const team = await teamApplication(t)
  const { ada, ben, cyd, stranger, path } = team
  refused(t, await ben.send('DELETE', path), 403, 'FAST_AUTH_ROLE_REQUIRED')
  refused(t, await cyd.send('DELETE', path), 403, 'FAST_AUTH_ROLE_REQUIRED')
  refused(t, await stranger.send('DELETE', path), 404, 'FAST_AUTH_ORGANIZATION_NOT_FOUND')
  const unknown = `/organizations/${randomUUID()}`
  refused(t, await ada.send('DELETE', unknown), 404, 'FAST_AUTH_ORGANIZATION_NOT_FOUND')
  await refusesOtherPaths(t, team, { method: 'DELETE', path })
  t.equal((await ada.send('GET', path)).statusCode, 200)
})

t.test(
  'a sign-in that is older than five minutes does not suffice, until the user proves again who they are',
  async t => {
    const { ada, personOf, path, advance } = await teamApplication(t, { options: { secondFactor: 'offered' } })
    advance(301)
    refused(t, await ada.send('DELETE', path), 403, 'FAST_AUTH_RECENT_SIGN_IN_REQUIRED')
    const again = personOf(await ada.send('POST', '/reauthenticate', { password: ada.password }), ada.email)
    t.equal((await again.send('DELETE', path)).statusCode, 204)
  },
)

t.test('a user with a second factor needs a session that has it', async t => {
  const { ada, path } = await teamApplication(t, { options: { secondFactor: 'offered' } })
  await setUpTotp(ada, { at: noon })
  refused(t, await ada.send('DELETE', path), 403, 'FAST_AUTH_SECOND_FACTOR_REQUIRED')
})

t.test('without an option for new proofs, the user signs in again', async t => {
  const { ada, again, path, advance } = await teamApplication(t)
  advance(301)
  refused(t, await ada.send('DELETE', path), 403, 'FAST_AUTH_RECENT_SIGN_IN_REQUIRED')
  t.equal((await (await again(ada)).send('DELETE', path)).statusCode, 204)
})

t.test('a personal organisation is deleted only with its user', async t => {
  const { ada } = await organizationApplication(t, { organizations: { personal: true } })
  const { organization } = (await ada.send('GET', '/me')).json()
  const path = `/organizations/${organization.id}`
  refused(t, await ada.send('DELETE', path), 409, 'FAST_AUTH_PERSONAL_ORGANIZATION')
  t.equal((await ada.send('GET', path)).statusCode, 200)
})

t.test('neither a visitor, nor an API key, nor a page of another site, nor an ended session deletes', async t => {
  await refusesOtherCallers(t, ({ path }) => ({ method: 'DELETE', path }))
})
