import t, { type Test } from 'tap'
import type { FastAuthOptions } from '../../lib/index.js'
import { setUpTotp, signUpUser } from '../../lib/testing/index.js'
import { ada, bearer } from '../support/account.js'
import { codeClient } from '../support/code-application.js'
import { noon } from '../support/protected-application.js'
import { adaThere, ben, fragmentOf, providerApplication } from '../support/provider-application.js'
import { refused } from '../support/refusal.js'

const exists = 'FAST_AUTH_ACCOUNT_EXISTS'

/** Mallory, with an account at a provider that lets everyone claim any address. */
const mallory = { sub: 'mallory-there', email: ada.email, email_verified: true } as const

/** An application with `acme`, which vouches for addresses, and `evil`, which does not. */
async function twoProviders(t: Test, options: Partial<FastAuthOptions> = {}) {
  const others = [{ name: 'evil', displayName: 'Evil', vouchesForEmail: false }]
  const tested = await providerApplication(t, { options, others })
  const [evil] = tested.others
  if (evil === undefined) throw new Error('There is no other provider')
  return { ...tested, evil }
}

for (const linkVerified of [false, true]) {
  t.test(
    `with linkVerified ${linkVerified}, the address of a provider that does not vouch opens no account`,
    async t => {
      const { ada: adaIn, browser, evil } = await twoProviders(t, { identities: { linkVerified } })
      const hers = await adaIn()
      const theirs = browser()
      t.strictSame(fragmentOf(await theirs.signIn(mallory, {}, evil)), { error: exists })
      t.equal(await theirs.user(), null)
      t.strictSame(await hers.identities(), [])
    },
  )

  t.test(
    `with linkVerified ${linkVerified}, an address that the provider has not verified opens no account`,
    async t => {
      const { ada: adaIn, browser } = await twoProviders(t, { identities: { linkVerified } })
      const hers = await adaIn()
      for (const email_verified of [false, 'false', 'no', 0, null, undefined, 'TRUE', 1, {}, []]) {
        const theirs = browser()
        t.strictSame(fragmentOf(await theirs.signIn({ ...mallory, email_verified })), { error: exists })
        t.equal(await theirs.user(), null, String(email_verified))
      }
      t.strictSame(await hers.identities(), [])
    },
  )

  t.test(`with linkVerified ${linkVerified}, an unproven account is not taken over by an unproven address`, async t => {
    const { ada: adaIn, browser, evil } = await twoProviders(t, { identities: { linkVerified } })
    const hers = await adaIn({ isConfirmed: false })
    t.strictSame(fragmentOf(await browser().signIn(mallory, {}, evil)), { error: exists })
    t.equal((await hers.user())?.email, ada.email)
  })
}

/** Addresses that look like that of Ada, or become it if they are normalised carelessly. */
const lookalikes = [
  '\u0430da@example.com',
  'ad\u0430@example.com',
  'ada@ex\u0430mple.com',
  'ada\uff20example.com',
  'ada\ufe6bexample.com',
  '\uff41\uff44\uff41@example.com',
  'ada\u200b@example.com',
  'a\u0301da@example.com',
  'ada@example.com\u0000',
  'ada@example.com,mallory@example.com',
  'ada@example.com mallory@example.com',
  'mallory@example.com\u0000ada@example.com',
  '<ada@example.com>',
  'Ada <ada@example.com>',
  '"ada"@example.com',
  'ada+x@example.com',
  'ada@example.com.',
  'ada@[example.com]',
]

t.test('an address that only looks like that of Ada does not open her account', async t => {
  const { ada: adaIn, browser } = await twoProviders(t, { identities: { linkVerified: true } })
  const hers = await adaIn()
  const { id } = (await hers.user()) ?? {}
  for (const [index, email] of lookalikes.entries()) {
    const theirs = browser()
    await theirs.signIn({ sub: `lookalike-${index}`, email, email_verified: true })
    t.not((await theirs.user())?.id, id, JSON.stringify(email))
  }
})

t.test('an address that is no text opens no account', async t => {
  const { ada: adaIn, browser } = await twoProviders(t, { identities: { linkVerified: true } })
  await adaIn()
  for (const email of [[ada.email], { toString: ada.email }, 0, true, '', null]) {
    const theirs = browser()
    const answer = await theirs.signIn({ sub: 'mallory-there', email, email_verified: true })
    t.strictSame(fragmentOf(answer), { error: 'FAST_AUTH_PROVIDER_EMAIL_MISSING' })
  }
})

t.test('the same subject of two providers is two users', async t => {
  const { browser, evil } = await twoProviders(t)
  const [one, other] = [browser(), browser()]
  await one.signIn(ben)
  await other.signIn({ ...ben, email: 'another@example.com' }, {}, evil)
  t.equal((await one.user())?.email, ben.email)
  t.equal((await other.user())?.email, 'another@example.com')
})

t.test('a subject that another one begins with, or that differs in case, is another user', async t => {
  const { browser } = await twoProviders(t)
  await browser().signIn(ben)
  for (const [index, sub] of ['ben-ther', 'ben-there1', 'Ben-There', 'BEN-THERE', 'be\u0301n-there'].entries()) {
    const theirs = browser()
    await theirs.signIn({ sub, email: `user-${index}@example.com`, email_verified: true })
    t.equal((await theirs.user())?.email, `user-${index}@example.com`, sub)
  }
})

t.test('a victim who approves the link of an attacker links nothing', async t => {
  const { ada: adaIn, browser, provider } = await twoProviders(t)
  const attacker = browser()
  await attacker.signIn({ sub: 'mallory-there', email: 'mallory@example.com', email_verified: true })
  const url = new URL((await attacker.post('/identities/acme/link', {})).json().url)
  const hers = await adaIn()
  const answer = await hers.callback(provider.approve(url, adaThere))
  t.strictSame(fragmentOf(answer), { error: 'FAST_AUTH_PROVIDER_FLOW_INVALID' })
  t.strictSame([(await hers.identities()).length, (await attacker.identities()).length], [0, 1])
})

t.test('a victim who is signed in gets no identity of an attacker linked', async t => {
  const { ada: adaIn, browser, provider } = await twoProviders(t)
  const hers = await adaIn()
  const attacker = browser()
  const parameters = provider.approve(await attacker.start(), mallory)
  t.strictSame(fragmentOf(await hers.callback(parameters)), { error: 'FAST_AUTH_PROVIDER_FLOW_INVALID' })
  t.strictSame(await hers.identities(), [])
})

t.test('an identity of another user cannot be linked, and stays with its owner', async t => {
  const { ada: adaIn, browser } = await twoProviders(t)
  const owner = browser()
  await owner.signIn(ben)
  const hers = await adaIn()
  t.strictSame(fragmentOf(await hers.link(ben)), { error: 'FAST_AUTH_IDENTITY_IN_USE' })
  t.strictSame([(await hers.identities()).length, (await owner.identities()).length], [0, 1])
})

t.test('an identity of another user can be neither unlinked nor found', async t => {
  const { ada: adaIn, browser } = await twoProviders(t)
  const owner = browser()
  await owner.signIn(ben)
  const [identity] = await owner.identities()
  const hers = await adaIn()
  refused(t, await hers.remove(`/identities/${identity?.id}`), 404, 'FAST_AUTH_IDENTITY_NOT_FOUND')
  t.equal((await owner.identities()).length, 1)
})

t.test('a link that began in a session which has ended since is refused', async t => {
  const { ada: adaIn, browser, provider } = await twoProviders(t)
  const thief = await adaIn()
  const url = new URL((await thief.post('/identities/acme/link', {})).json().url)
  const hers = browser()
  await hers.post('/sign-in', { ...ada, transport: 'cookie' })
  t.equal((await hers.remove('/sessions')).statusCode, 200)
  const answer = await thief.callback(provider.approve(url, { sub: 'thief', email: ada.email, email_verified: true }))
  t.strictSame(fragmentOf(answer), { error: 'FAST_AUTH_SESSION_REVOKED' })
  t.strictSame(await hers.identities(), [])
})

/** What an attacker sets up in an account with the address of a victim, before the victim comes. */
async function preHijacked(t: Test) {
  const tested = await twoProviders(t, { secondFactor: 'offered', emailSignIn: {} })
  const { app, browser, evil, mailbox, provider, post } = tested
  const attacker = browser()
  await attacker.signIn({ ...mallory, email_verified: false }, {}, evil)
  t.match(await attacker.user(), { email: ada.email, emailConfirmedAt: null })
  const key = (await attacker.post('/api-keys', { name: 'backdoor' })).json().key
  await attacker.link({ sub: 'mallory-at-acme', email: 'mallory@example.com', email_verified: true })
  t.equal((await attacker.identities()).length, 2)
  const link = new URL((await attacker.post('/identities/acme/link', {})).json().url)
  await mailbox.waitForMessage(ada.email)

  /** Nothing of the attacker opens the account of the victim. */
  async function nothingIsLeft(userId: string): Promise<void> {
    t.equal(await attacker.user(), null, 'the session has ended')
    t.equal((await app.inject({ url: '/auth/me', headers: bearer(key) })).statusCode, 401, 'the key is deleted')
    const late = { sub: 'mallory-late', email: 'late@example.com', email_verified: true }
    t.match(fragmentOf(await attacker.callback(provider.approve(link, late))), { error: String }, 'no link is pending')
    for (const [claims, at] of [
      [{ ...mallory, email_verified: false }, evil],
      [{ sub: 'mallory-at-acme', email: 'mallory@example.com', email_verified: true }, provider],
      [late, provider],
    ] as const) {
      const theirs = browser()
      await theirs.signIn(claims, {}, at)
      t.not((await theirs.user())?.id, userId, `${claims.sub} is not linked`)
    }
  }
  return { ...tested, attacker, nothingIsLeft, post }
}

t.test('an attacker who came first with a provider keeps nothing once the owner comes with another', async t => {
  const { browser, nothingIsLeft } = await preHijacked(t)
  const hers = browser()
  t.strictSame(fragmentOf(await hers.signIn(adaThere)), {})
  const user = await hers.user()
  t.match(user, { email: ada.email, emailConfirmedAt: String })
  t.equal((await hers.identities()).length, 1)
  await nothingIsLeft(String(user?.id))
})

t.test('an attacker who came first with a provider keeps nothing once the owner resets the password', async t => {
  const { nothingIsLeft, post, tokenTo } = await preHijacked(t)
  await post('/password/forgot', { email: ada.email })
  const token = await tokenTo(ada.email, 'resetPassword')
  t.equal((await post('/password/reset', { token, password: ada.password })).statusCode, 204)
  await nothingIsLeft((await post('/sign-in', { ...ada, transport: 'token' })).json().user.id)
})

t.test('an attacker who came first with a provider keeps nothing once the owner enters a mailed code', async t => {
  const { nothingIsLeft, ...tested } = await preHijacked(t)
  const { request, use } = codeClient(tested)
  await nothingIsLeft((await use(await request(ada.email))).json().user.id)
})

t.test('an attacker who came first with a password and a second factor keeps nothing once the owner comes', async t => {
  const { app, browser, post, mailbox } = await twoProviders(t, { secondFactor: 'offered' })
  const attacker = await signUpUser(app, ada)
  await mailbox.waitForMessage(ada.email)
  const { recoveryCodes } = await setUpTotp(attacker, { at: noon })
  const { signInToken } = (await post('/sign-in', { ...ada, transport: 'token' })).json()
  const hers = browser()
  t.strictSame(fragmentOf(await hers.signIn(adaThere)), {})
  t.equal((await hers.user())?.email, ada.email)
  refused(t, await post('/sign-in', ada), 401, 'FAST_AUTH_INVALID_CREDENTIALS')
  const completed = await post('/sign-in/second-factor', { signInToken, recoveryCode: recoveryCodes[0] })
  refused(t, completed, 401, 'FAST_AUTH_SIGN_IN_EXPIRED')
  const me = await app.inject({ url: '/auth/me', headers: bearer(attacker.accessToken) })
  refused(t, me, 401, 'FAST_AUTH_SESSION_REVOKED')
})
