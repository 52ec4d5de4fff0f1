import { randomUUID } from 'node:crypto'
import t from 'tap'
import { ada as adaHere } from '../support/account.js'
import { actingBefore } from '../support/acting-before.js'
import { embeddedAdapters } from '../support/adapters.js'
import { noon } from '../support/protected-application.js'
import { adaThere, fragmentOf, providerApplication } from '../support/provider-application.js'
import { refused } from '../support/refusal.js'

const last = 'FAST_AUTH_LAST_SIGN_IN_METHOD'
const unknown = 'FAST_AUTH_IDENTITY_NOT_FOUND'

for (const { name, open } of embeddedAdapters) {
  t.test(`in ${name} an identity that is unlinked signs no user in, and its sessions end`, async t => {
    const { storage } = await open(t)
    const { ada, browser, events, mailbox, post } = await providerApplication(t, {
      options: { storage, migrate: true },
    })
    const hers = await ada()
    await hers.link()
    await mailbox.waitForMessage(adaHere.email)
    const other = browser()
    await other.signIn(adaThere)
    const { id: userId } = (await hers.user()) ?? {}
    const [identity] = await hers.identities()
    events.length = 0
    const answer = await hers.remove(`/identities/${identity?.id.toUpperCase()}`)
    t.strictSame([answer.statusCode, answer.body], [204, ''])
    t.strictSame(await hers.identities(), [])
    t.equal(await other.user(), null)
    t.same(fragmentOf(await browser().signIn(adaThere)), { error: 'FAST_AUTH_ACCOUNT_EXISTS' })
    t.hasStrict(events.slice(0, 2), [
      {
        name: 'authn_identity_change',
        reason: 'identity_unlinked',
        identityId: identity?.id,
        provider: 'acme',
        userId,
      },
      { name: 'authn_token_revoked', reason: 'identity_unlinked', userId },
    ])
    t.match(await mailbox.waitForMessage(adaHere.email), { text: /is no longer linked to one of your accounts/ })
    t.equal((await post('/sign-in', adaHere)).statusCode, 200)
  })

  t.test(`in ${name} the last way in stays`, async t => {
    const { storage } = await open(t)
    const { browser } = await providerApplication(t, { options: { storage, migrate: true } })
    const own = browser()
    await own.signIn()
    await own.link({ sub: 'second' })
    const [first, second] = await own.identities()
    const answers = await Promise.all([first, second].map(one => own.remove(`/identities/${one?.id}`)))
    t.strictSame(answers.map(({ statusCode }) => statusCode).toSorted(), [204, 409])
    for (const answer of answers) if (answer.statusCode === 409) refused(t, answer, 409, last)
    t.equal((await own.identities()).length, 1)
    t.ok(await own.user())
  })
}

t.test('with mailed codes, no identity is the last way in', async t => {
  const { browser } = await providerApplication(t, { options: { emailSignIn: {} } })
  const own = browser()
  await own.signIn()
  const [identity] = await own.identities()
  t.equal((await own.remove(`/identities/${identity?.id}`)).statusCode, 204)
})

t.test('an identity that is unknown, or of another user, is 404', async t => {
  const { ada, browser } = await providerApplication(t)
  const other = browser()
  await other.signIn()
  const [identity] = await other.identities()
  const hers = await ada()
  for (const id of [identity?.id, randomUUID()]) refused(t, await hers.remove(`/identities/${id}`), 404, unknown)
  t.equal((await other.identities()).length, 1)
  t.strictSame(await hers.identities(), [], 'the list has only those of the user')
})

t.test('unlinking needs a session, and a proof that is no older than five minutes', async t => {
  const { ada, browser, advance } = await providerApplication(t)
  const hers = await ada()
  await hers.link()
  const [identity] = await hers.identities()
  const path = `/identities/${identity?.id}`
  refused(t, await browser().remove(path), 401, 'FAST_AUTH_UNAUTHENTICATED')
  refused(t, await browser().get('/identities'), 401, 'FAST_AUTH_UNAUTHENTICATED')
  advance(301)
  refused(t, await hers.remove(path), 403, 'FAST_AUTH_RECENT_SIGN_IN_REQUIRED')
  await hers.post('/reauthenticate', { password: adaHere.password })
  t.equal((await hers.remove(path)).statusCode, 204)
})

t.test('a session that ends in the last moment unlinks nothing', async t => {
  const { storage, armed, right } = actingBefore('identities.unlink')
  const { ada } = await providerApplication(t, { options: { storage } })
  const hers = await ada()
  await hers.link()
  const [identity] = await hers.identities()
  const session = await hers.session()
  const userId = String((await hers.user())?.id)
  armed.act = () => right.sessions.revoke({ sessionId: session.id, userId, now: noon })
  refused(t, await hers.remove(`/identities/${identity?.id}`), 401, 'FAST_AUTH_SESSION_REVOKED')
  t.equal((await right.identities.list({ userId })).length, 1)
})

t.test('the hooks learn about the change, and which sessions have ended', async t => {
  const called: [string, object][] = []
  const keep = (name: string) => (context: object) => void called.push([name, context])
  const hooks = { afterIdentityChange: keep('change'), afterSessionEnd: keep('end') }
  const { ada, browser } = await providerApplication(t, { options: { hooks } })
  const hers = await ada()
  await hers.link()
  await browser().signIn(adaThere)
  const [identity] = await hers.identities()
  called.length = 0
  await hers.remove(`/identities/${identity?.id}`)
  t.hasStrict(called, [
    ['change', { identity: { id: identity?.id, provider: 'acme' }, reason: 'identity_unlinked' }],
    ['end', { reason: 'identity_unlinked' }],
  ])
  t.equal(called.length, 2)
})
