import t from 'tap'
import { memoryStorage } from '../../lib/engines/memory.js'
import { ada as adaHere, signUpForTokens } from '../support/account.js'
import { actingBefore } from '../support/acting-before.js'
import { embeddedAdapters } from '../support/adapters.js'
import { noon } from '../support/protected-application.js'
import {
  adaThere,
  ben,
  fragmentOf,
  invalidAnswer,
  providerApplication,
  providerBrowser,
} from '../support/provider-application.js'
import { localProvider } from '../support/providers/local-provider.js'
import { refused } from '../support/refusal.js'
import { testApplication } from '../support/test-application.js'
import { publicUrl } from '../support/test-mail.js'

const exists = 'FAST_AUTH_ACCOUNT_EXISTS'

for (const { name, open } of embeddedAdapters) {
  t.test(`in ${name} an account with a proven address is not entered, and its owner learns how to link`, async t => {
    const { storage } = await open(t)
    const options = { storage, migrate: true }
    const { ada, browser, events, mailbox } = await providerApplication(t, { options })
    const hers = await ada()
    const userId = (await hers.user())?.id
    const own = browser()
    const answer = await own.signIn(adaThere, { returnTo: '/sign-in' })
    t.equal(answer.headers.location, `${publicUrl}/sign-in#error=${exists}`)
    t.equal(await own.user(), null)
    t.strictSame(await hers.identities(), [])
    t.hasStrict(events, [{ name: 'authn_login_fail', reason: 'account_not_linked', userId, sessionId: null }])
    t.match(await mailbox.waitForMessage(adaHere.email), { text: /tried to sign in .* account at another provider/ })
  })

  t.test(
    `in ${name} linkVerified links the identity to an account with a proven address, which keeps what it has`,
    async t => {
      const { storage } = await open(t)
      const options = { storage, migrate: true, identities: { linkVerified: true } }
      const { ada, browser, events, mailbox, post } = await providerApplication(t, { options })
      const hers = await ada()
      const user = await hers.user()
      const own = browser()
      t.equal((await own.signIn(adaThere)).headers.location, `${publicUrl}/`)
      t.equal((await own.user())?.id, user?.id)
      t.ok(await hers.user(), 'the other session goes on')
      t.equal((await post('/sign-in', adaHere)).statusCode, 200)
      const linked = { name: 'authn_identity_change', reason: 'identity_linked', userId: user?.id, sessionId: null }
      t.hasStrict(events.slice(0, 2), [linked, { name: 'authn_login_success' }])
      t.match(await mailbox.waitForMessage(adaHere.email), { text: /is now linked to an account at another provider/ })
    },
  )

  for (const linkVerified of [false, true])
    t.test(
      `in ${name} an account with an unproven address loses what it had (linkVerified: ${linkVerified})`,
      async t => {
        const { storage } = await open(t)
        const options = { storage, migrate: true, identities: { linkVerified } }
        const { ada, browser, events, post } = await providerApplication(t, { options })
        const attacker = await ada({ isConfirmed: false })
        const user = await attacker.user()
        const own = browser()
        await own.signIn(adaThere)
        t.hasStrict(await own.user(), { id: user?.id, emailConfirmedAt: new Date(noon).toISOString() })
        t.equal(await attacker.user(), null)
        refused(t, await post('/sign-in', adaHere), 401, 'FAST_AUTH_INVALID_CREDENTIALS')
        t.hasStrict(
          events.slice(0, 4).map(event => ({ reason: null, ...event })),
          [
            { name: 'user_updated', reason: 'email_confirmed' },
            { name: 'authn_token_revoked', reason: 'email_confirmed' },
            { name: 'authn_token_revoked', reason: 'email_confirmed' },
            { name: 'authn_identity_change', reason: 'identity_linked' },
          ],
        )
      },
    )
}

t.test('an address that the provider has not proven never links, whatever the options say', async t => {
  for (const [provider, claims] of [
    [{ vouchesForEmail: false }, adaThere],
    [{}, { ...adaThere, email_verified: false }],
  ] as const)
    for (const isConfirmed of [true, false]) {
      const options = { identities: { linkVerified: true } }
      const { ada, browser } = await providerApplication(t, { options, provider })
      const hers = await ada({ isConfirmed })
      const own = browser()
      t.same(fragmentOf(await own.signIn(claims)), { error: exists })
      t.equal(await own.user(), null)
      t.strictSame(await hers.identities(), [])
      t.ok(await hers.user(), 'the account keeps its sessions')
    }
})

t.test('if addresses must be confirmed, an unproven one gets one answer, with an account and without', async t => {
  const options = { requireEmailConfirmation: true }
  const { app, browser, mailbox } = await providerApplication(t, { options, provider: { vouchesForEmail: false } })
  await app.fastAuth.createUser({ ...adaHere, emailConfirmed: true })
  const error = 'FAST_AUTH_EMAIL_NOT_CONFIRMED'
  t.same(fragmentOf(await browser().signIn(adaThere)), { error })
  t.same(fragmentOf(await browser().signIn(ben)), { error })
  t.match(await mailbox.waitForMessage(adaHere.email), { text: /tried to sign in/ }, 'the owner learns the truth')
})

t.test('if addresses must be confirmed, a proven one of a proven account says that the account exists', async t => {
  const { app, browser } = await providerApplication(t, { options: { requireEmailConfirmation: true } })
  await app.fastAuth.createUser({ ...adaHere, emailConfirmed: true })
  t.same(fragmentOf(await browser().signIn(adaThere)), { error: exists })
})

t.test('the owner gets a limited number of these messages, and the answer stays the same', async t => {
  const options = { limits: { mailsPerAddressPerHour: 2 } }
  const { app, ada, browser, mailbox } = await providerApplication(t, { options })
  await ada()
  for (let count = 0; count < 4; count += 1) t.same(fragmentOf(await browser().signIn(adaThere)), { error: exists })
  await app.close()
  t.equal(mailbox.messages.filter(({ text }) => text.includes('tried to sign in')).length, 2)
})

t.test('a disabled account is not entered, nor changed', async t => {
  for (const isConfirmed of [true, false]) {
    const { app, ada, browser } = await providerApplication(t, { options: { identities: { linkVerified: true } } })
    const userId = String((await (await ada({ isConfirmed })).user())?.id)
    await app.fastAuth.disableUser(userId)
    t.same(fragmentOf(await browser().signIn(adaThere)), { error: exists })
    await app.fastAuth.enableUser(userId)
    t.equal(await signInStatus(app), 200)
  }
})

/** The status of Ada’s sign-in with her password. */
async function signInStatus(app: Awaited<ReturnType<typeof testApplication>>['app']) {
  return (await app.inject({ method: 'POST', url: '/auth/sign-in', payload: adaHere })).statusCode
}

t.test('without a sender, an account is refused, linked and stripped all the same', async t => {
  for (const [linkVerified, isConfirmed, location] of [
    [false, true, `/#error=${exists}`],
    [true, true, '/'],
    [false, false, '/'],
  ] as const) {
    const provider = await localProvider(t, { clock: () => noon })
    const options = { publicUrl, providers: [provider.provider], identities: { linkVerified } }
    const { app } = await testApplication(t, { options })
    await app.fastAuth.createUser({ ...adaHere, emailConfirmed: isConfirmed })
    const own = providerBrowser(app, provider)
    t.equal((await own.signIn(adaThere)).headers.location, publicUrl + location)
    t.equal(await signInStatus(app), isConfirmed ? 200 : 401)
  }
})

t.test('an account that another client creates in the last moment is treated as if it had existed before', async t => {
  const { storage, armed } = actingBefore('identities.signUp')
  const { app, browser } = await providerApplication(t, { options: { storage } })
  armed.act = () => signUpForTokens(app, { ...adaHere, email: ben.email })
  const own = browser()
  await own.signIn()
  t.hasStrict(await own.user(), { email: ben.email, emailConfirmedAt: new Date(noon).toISOString() })
  const payload = { ...adaHere, email: ben.email }
  refused(t, await app.inject({ method: 'POST', url: '/auth/sign-in', payload }), 401, 'FAST_AUTH_INVALID_CREDENTIALS')
})

t.test('a user who is deleted in the last moment signs up again', async t => {
  const { storage, armed } = actingBefore('users.find')
  const { app, browser } = await providerApplication(t, { options: { storage } })
  const [first, second] = [browser(), browser()]
  await first.signIn()
  const id = String((await first.user())?.id)
  armed.act = () => app.fastAuth.deleteUser(id)
  await second.signIn()
  const user = await second.user()
  t.equal(user?.email, ben.email)
  t.not(user?.id, id)
})

t.test('an account that changes all the time is not entered', async t => {
  for (const method of ['adopt', 'signUp'] as const) {
    const storage = memoryStorage()
    const { app, browser } = await providerApplication(t, { options: { storage } })
    if (method === 'adopt') await app.fastAuth.createUser(adaHere)
    const find = storage.users.findByEmail
    let count = 0
    storage.users.findByEmail = async request => {
      const found = await find(request)
      count += 1
      if (found !== null) await app.fastAuth.deleteUser(found.id)
      await app.fastAuth.createUser(adaHere)
      return count === 2 && method === 'signUp' ? null : found
    }
    const own = browser()
    t.same(fragmentOf(await own.signIn(adaThere)), { error: invalidAnswer })
    t.equal(await own.user(), null)
  }
})
