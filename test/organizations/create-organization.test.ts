import t from 'tap'
import { bearer } from '../support/account.js'
import { answerHeaders, refused } from '../support/refusal.js'
import { organizationApplication } from './fixtures/organization-application.js'
import { refusesOtherCallers } from './fixtures/refused-callers.js'

t.test('a user creates an organisation, and owns it; the session goes on as before', async t => {
  const hooked: unknown[] = []
  const afterOrganizationChange = (context: object) => void hooked.push(context)
  const { ada, events, asked } = await organizationApplication(t, { options: { hooks: { afterOrganizationChange } } })
  const answer = await ada.send('POST', '/organizations', { name: ' Analytical Engines\t' })
  t.equal(answer.statusCode, 201)
  t.hasStrict(answer.headers, answerHeaders)
  const { id, ...others } = answer.json()
  t.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-4/)
  t.strictSame(others, {
    name: 'Analytical Engines',
    kind: 'shared',
    role: 'owner',
    joinedAt: '2026-01-01T12:00:00.000Z',
    current: false,
  })
  t.strictSame(asked(), ['organizations.create'])
  const about = { userId: ada.id, sessionId: ada.session.id }
  t.hasStrict(events, [{ name: 'organization_change', organizationId: id, reason: 'organization_created', ...about }])
  t.equal(events.length, 1)
  t.equal(hooked.length, 1)
  t.hasStrict(hooked[0], {
    userId: ada.id,
    organization: { id, name: 'Analytical Engines', kind: 'shared' },
    reason: 'organization_created',
  })
  t.equal((await ada.send('GET', '/me')).json().organization, null)
  t.strictSame((await ada.send('GET', `/organizations/${id}`)).json(), answer.json())
})

t.test('a name has 1 to 100 characters, and none that change how a message reads', async t => {
  const { ada, asked } = await organizationApplication(t)
  const create = (name: unknown) => ada.send('POST', '/organizations', { name })
  for (const name of ['🏭'.repeat(100), 'Ärzte & Söhne <b>', 'O’Neil', 'شركة'])
    t.equal((await create(name)).statusCode, 201)
  asked()
  const wrong = ['', ' \t ', 'x'.repeat(101), 'x'.repeat(201), 5, null, undefined, '\ud800']
  for (const name of [
    ...wrong,
    'a\nb',
    'a\u0007b',
    'a\u0085b',
    'a\u2028b',
    'a\u2029b',
    'a\u200eb',
    'a\u202eb',
    'a\u2066b',
  ]) {
    const answer = await create(name)
    refused(t, answer, 400, 'FST_ERR_VALIDATION')
    t.match(answer.json().message, 'name')
  }
  t.match(
    (await create('a\nb')).json().message,
    'must have a visible character, and no control characters, line breaks, marks of direction or links',
  )
  refused(t, await ada.send('POST', '/organizations', { name: 'A', kind: 'personal' }), 400, 'FST_ERR_VALIDATION')
  t.strictSame(asked(), [])
})

t.test('a user owns as many as the option allows, and may be a member of more', async t => {
  const { ada, newcomer, found, invite, personOf, post } = await organizationApplication(t, {
    organizations: { maximumOwned: 2 },
  })
  await found(ada)
  await found(ada)
  refused(t, await ada.send('POST', '/organizations', { name: 'C' }), 409, 'FAST_AUTH_ORGANIZATION_LIMIT_REACHED')
  const ben = await newcomer('ben@example.com')
  const his = await found(ben)
  const { token } = await invite(ben, his.id, ada.email, 'admin')
  const joined = personOf(await ada.send('POST', '/invitations/accept', { token }), ada.email)
  refused(t, await joined.send('POST', '/organizations', { name: 'C' }), 409, 'FAST_AUTH_ORGANIZATION_LIMIT_REACHED')
  t.equal((await joined.send('GET', '/organizations')).json().items.length, 3)
  t.equal((await post('/organizations', { name: 'C' }, bearer(ben.accessToken))).statusCode, 201)
})

t.test('neither one that was deleted nor a personal one counts', async t => {
  const { ada, found } = await organizationApplication(t, { organizations: { maximumOwned: 1, personal: true } })
  const { id } = await found(ada)
  refused(t, await ada.send('POST', '/organizations', { name: 'B' }), 409, 'FAST_AUTH_ORGANIZATION_LIMIT_REACHED')
  t.equal((await ada.send('DELETE', `/organizations/${id}`)).statusCode, 204)
  t.equal((await ada.send('POST', '/organizations', { name: 'B' })).statusCode, 201)
})

t.test('of many concurrent creations no more organisations than allowed are created', async t => {
  const { ada } = await organizationApplication(t, { organizations: { maximumOwned: 3 } })
  const all = Array.from({ length: 10 }, (_, index) => ada.send('POST', '/organizations', { name: `No ${index}` }))
  const answers = await Promise.all(all)
  t.equal(answers.filter(({ statusCode }) => statusCode === 201).length, 3)
  t.equal((await ada.send('GET', '/organizations')).json().items.length, 3)
})

t.test('neither a visitor, nor an API key, nor a page of another site, nor an ended session creates one', async t => {
  await refusesOtherCallers(t, () => ({ method: 'POST', path: '/organizations', payload: { name: 'Mine' } }))
})
