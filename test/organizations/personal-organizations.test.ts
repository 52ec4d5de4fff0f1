import t from 'tap'
import { bearer } from '../support/account.js'
import { embeddedAdapters } from '../support/adapters.js'
import { codeApplication } from '../support/code-application.js'
import { ben, providerApplication } from '../support/provider-application.js'
import { refused } from '../support/refusal.js'
import { testApplication } from '../support/test-application.js'
import { organizationApplication } from './fixtures/organization-application.js'

const organizations = { personal: true } as const
const personal = {
  ...{ name: 'Personal', kind: 'personal', role: 'owner', joinedAt: '2026-01-01T12:00:00.000Z' },
}

for (const { name, open } of embeddedAdapters) {
  t.test(`in ${name} a sign-up creates a personal organisation, and begins in it`, async t => {
    const { storage } = await open(t)
    const { ada } = await organizationApplication(t, { organizations, options: { storage, migrate: true } })
    const { id, role } = (await ada.send('GET', '/me')).json().organization
    t.strictSame(ada.session.organization, { id, role })
    const { items, next } = (await ada.send('GET', '/organizations')).json()
    t.strictSame([items, next], [[{ id, ...personal, current: true }], null])
  })

  t.test(`in ${name} a user whom the application creates has one too`, async t => {
    const { storage } = await open(t)
    const application = await organizationApplication(t, { organizations, options: { storage, migrate: true } })
    const { app, post } = application
    const account = { email: 'dan@example.com', password: 'a horse of another colour' }
    t.equal((await app.fastAuth.createUser(account)).outcome, 'created')
    const answer = await post('/sign-in', { ...account, transport: 'token' })
    const { accessToken, session } = answer.json()
    t.equal(session.organization, null, 'a sign-in acts in none')
    const { items } = (await app.inject({ url: '/auth/organizations', headers: bearer(accessToken) })).json()
    t.hasStrict(items, [{ ...personal, current: false }])
    t.equal(items.length, 1)
  })
}

t.test('a sign-up whose address must be confirmed creates one', async t => {
  const { ada } = await organizationApplication(t, { organizations, options: { requireEmailConfirmation: true } })
  t.hasStrict((await ada.send('GET', '/organizations')).json().items, [{ ...personal, current: false }])
})

t.test('a sign-up by mailed code creates one', async t => {
  const options = { organizations, emailSignIn: { signUp: true } } as const
  const { app, request, use } = await codeApplication(t, { options })
  const { accessToken } = (await use(await request('dan@example.com'))).json()
  const { items } = (await app.inject({ url: '/auth/organizations', headers: bearer(accessToken) })).json()
  t.hasStrict(items, [personal])
  t.equal(items.length, 1)
})

t.test('a sign-up with a provider creates one, and the next sign-in none', async t => {
  const { browser } = await providerApplication(t, { options: { organizations } })
  const own = browser()
  for (const time of [1, 2]) {
    await own.signIn(ben)
    const { items } = (await own.get('/organizations')).json()
    t.hasStrict(items, [personal], String(time))
    t.equal(items.length, 1)
  }
})

t.test('without the option of personal ones a new user has none', async t => {
  const { app, ada } = await organizationApplication(t)
  t.strictSame((await ada.send('GET', '/organizations')).json(), { items: [], next: null })
  t.equal(ada.session.organization, null)
  t.equal((await app.fastAuth.createUser({ email: 'dan@example.com', password: ada.password })).outcome, 'created')
})

t.test('no message and no event reports it', async t => {
  const { events, post } = await testApplication(t, { mail: true, options: { organizations } })
  await post('/sign-up', { email: 'dan@example.com', password: 'a horse of another colour' })
  t.strictSame(
    events.map(({ name }) => name),
    ['user_created', 'authn_login_success'],
  )
})

t.test('invitations that are refused there do not use up the messages to an address', async t => {
  const options = { limits: { mailsPerAddressPerHour: 2 } }
  const { ada, found } = await organizationApplication(t, { organizations, options })
  const { id } = (await ada.send('GET', '/me')).json().organization
  const invite = (organizationId: string) =>
    ada.send('POST', `/organizations/${organizationId}/invitations`, { email: 'dan@example.com', role: 'member' })
  for (const _ of [1, 2, 3]) refused(t, await invite(id), 409, 'FAST_AUTH_PERSONAL_ORGANIZATION')
  t.equal((await invite((await found(ada)).id)).statusCode, 202)
})
