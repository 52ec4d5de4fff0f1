import t from 'tap'
import { SignInRefusedError, SignUpRefusedError } from '../../lib/index.js'
import { embeddedAdapters } from '../support/adapters.js'
import { claimsOf } from '../support/passkey-application.js'
import { noon } from '../support/protected-application.js'
import { adaThere, ben, fragmentOf, providerApplication } from '../support/provider-application.js'

const password = 'a horse of another colour'

for (const { name, open } of embeddedAdapters) {
  t.test(
    `in ${name} the first sign-in with a provider creates an account and a session, the next a session`,
    async t => {
      const { storage } = await open(t)
      const { browser, events, publicUrl, advance } = await providerApplication(t, {
        options: { storage, migrate: true },
      })
      const own = browser()
      const answer = await own.signIn()
      t.strictSame([answer.statusCode, answer.headers.location, answer.body], [303, `${publicUrl}/`, ''])
      const time = new Date(noon).toISOString()
      const user = await own.user()
      t.hasStrict(user, { email: ben.email, emailConfirmedAt: time, createdAt: time, lastSignInAt: time })
      const [identity] = await own.identities()
      t.hasStrict(identity, { provider: 'acme', email: ben.email, createdAt: time, lastUsedAt: time })
      t.hasStrict(events, [{ name: 'user_created', sessionId: null }, { name: 'authn_login_success' }])
      t.ok(events.every(({ userId }) => userId === user?.id))
      t.equal((await storage.users.find({ userId: String(user?.id) }))?.passwordHash, null)

      events.length = 0
      advance(3600)
      const later = browser()
      await later.signIn()
      t.equal((await later.user())?.id, user?.id)
      t.strictSame(
        events.map(event => event.name),
        ['authn_login_success'],
      )
      const [used] = await later.identities()
      t.hasStrict(used, { createdAt: time, lastUsedAt: new Date(noon + 3_600_000).toISOString() })
    },
  )
}

t.test('an identity stays that of its account, whatever the provider says about the address later', async t => {
  const { browser } = await providerApplication(t)
  const first = browser()
  await first.signIn()
  const id = (await first.user())?.id
  for (const claims of [{ ...ben, email: 'new@example.com' }, { ...ben, email_verified: false }, { sub: ben.sub }]) {
    const own = browser()
    await own.signIn(claims)
    t.hasStrict(await own.user(), { id, email: ben.email })
  }
})

t.test('the same subject of two providers is two users', async t => {
  const { browser, others } = await providerApplication(t, { others: [{ name: 'other' }] })
  const [one, two] = [browser(), browser()]
  await one.signIn()
  await two.signIn({ ...ben, email: 'other@example.com' }, {}, others[0])
  const [first, second] = [await one.user(), await two.user()]
  t.ok(first && second)
  t.not(first?.id, second?.id)
})

t.test('a provider without an address signs in no new user, and says so', async t => {
  const { browser, events } = await providerApplication(t)
  const own = browser()
  for (const email of [undefined, '', 'not an address'])
    t.same(fragmentOf(await own.signIn({ ...ben, email })), { error: 'FAST_AUTH_PROVIDER_EMAIL_MISSING' })
  t.equal(await own.user(), null)
  t.notOk(events.some(({ name }) => name === 'user_created'))
})

t.test(
  'an address that the provider does not vouch for is unproven, and is confirmed with the mailed token',
  async t => {
    for (const [provider, claims] of [
      [{ vouchesForEmail: false }, ben],
      [{}, { ...ben, email_verified: false }],
    ] as const) {
      const { browser, tokenTo } = await providerApplication(t, { provider })
      const own = browser()
      await own.signIn(claims)
      t.hasStrict(await own.user(), { email: ben.email, emailConfirmedAt: null })
      const token = await tokenTo(ben.email, 'confirmEmail')
      await own.post('/password/change', { newPassword: password })
      const answer = await own.post('/email/confirm', { token, password })
      t.equal(answer.statusCode, 200)
      t.hasStrict(await own.user(), { emailConfirmedAt: new Date(noon).toISOString() })
    }
  },
)

t.test('a proven address gets no message', async t => {
  const { browser, everythingTo } = await providerApplication(t)
  await browser().signIn()
  t.strictSame(await everythingTo(ben.email), [])
})

t.test('if addresses must be confirmed, an unproven one opens no session until it is', async t => {
  const options = { requireEmailConfirmation: true }
  const { browser, mailbox, events } = await providerApplication(t, { options, provider: { vouchesForEmail: false } })
  const own = browser()
  t.same(fragmentOf(await own.signIn()), { error: 'FAST_AUTH_EMAIL_NOT_CONFIRMED' })
  t.equal(await own.user(), null)
  t.hasStrict(events, [{ name: 'user_created' }, { name: 'authn_login_fail', reason: 'email_not_confirmed' }])
  t.match(await mailbox.waitForMessage(ben.email), { text: /\/auth\/email\/confirm#/ })
})

t.test('if addresses must be confirmed, one that the provider has proven signs in', async t => {
  const { browser } = await providerApplication(t, { options: { requireEmailConfirmation: true } })
  const own = browser()
  await own.signIn()
  t.ok(await own.user())
})

t.test('the messages to addresses that no provider has proven are limited per address', async t => {
  const options = { limits: { mailsPerAddressPerHour: 1 } }
  const { app, browser, everythingTo } = await providerApplication(t, { options, provider: { vouchesForEmail: false } })
  for (let count = 0; count < 3; count += 1) {
    const own = browser()
    await own.signIn({ ...ben, sub: `ben-${count}` })
    const user = await own.user()
    t.hasStrict(user, { email: ben.email }, 'the sign-up itself is not refused')
    await app.fastAuth.deleteUser(String(user?.id))
  }
  t.equal((await everythingTo(ben.email)).length, 1)
})

t.test('the hooks of a sign-up and a sign-in are called, and the tokens of the provider are handed over', async t => {
  const called: [string, object][] = []
  const names = [
    'beforeSignUp',
    'afterSignUp',
    'beforeSignIn',
    'afterSignIn',
    'onProviderTokens',
    'afterIdentityChange',
  ]
  const hooks = Object.fromEntries(names.map(name => [name, (context: object) => void called.push([name, context])]))
  const { browser } = await providerApplication(t, { options: { hooks } })
  const own = browser()
  await own.signIn()
  const { id } = (await own.user()) ?? {}
  const client = { ip: '127.0.0.1' }
  const tokens = { refreshToken: null, scope: null, expiresAt: noon + 600_000 }
  t.hasStrict(called, [
    ['beforeSignUp', { email: ben.email, username: null, client }],
    ['afterSignUp', { user: { id, email: ben.email }, sessionId: null, client }],
    ['beforeSignIn', { user: { id }, client }],
    ['afterSignIn', { user: { id }, client }],
    ['onProviderTokens', { user: { id }, provider: 'acme', tokens, client }],
  ])
  t.equal(called.length, 5)
  t.match(called[4]?.[1], { tokens: { accessToken: /^access-/, idToken: /^ey/ } })
})

t.test(
  'an application that refuses the sign-up or the sign-in has the code in the fragment, and no session',
  async t => {
    for (const [hooks, error] of [
      [{ beforeSignUp: () => Promise.reject(new SignUpRefusedError('No')) }, 'FAST_AUTH_SIGN_UP_REFUSED'],
      [{ beforeSignIn: () => Promise.reject(new SignInRefusedError('No')) }, 'FAST_AUTH_SIGN_IN_REFUSED'],
    ] as const) {
      const { browser } = await providerApplication(t, { options: { hooks } })
      const own = browser()
      t.same(fragmentOf(await own.signIn()), { error })
      t.equal(await own.user(), null)
    }
  },
)

t.test('a hook that throws anything else is an error of the server, and nothing is set', async t => {
  const hooks = { beforeSignUp: () => Promise.reject(new TypeError('Oops')) }
  const { browser } = await providerApplication(t, { options: { hooks } })
  const answer = await browser().signIn()
  t.strictSame([answer.statusCode, answer.headers['set-cookie']], [500, undefined])
})

t.test('a disabled user does not sign in', async t => {
  const { app, browser } = await providerApplication(t)
  const own = browser()
  await own.signIn()
  await app.fastAuth.disableUser(String((await own.user())?.id))
  t.same(fragmentOf(await browser().signIn()), { error: 'FAST_AUTH_USER_DISABLED' })
})

t.test('the access token says that a provider proved who the user is, and that is no second factor', async t => {
  const { sendIdToken } = await providerApplication(t, { options: { secondFactor: 'offered' } })
  const { amr } = claimsOf((await sendIdToken()).json().accessToken)
  t.strictSame(amr, [])
})

t.test('a browser that signs in is known on this device from then on', async t => {
  const { browser } = await providerApplication(t, { options: { limits: {} } })
  const own = browser()
  await own.signIn(adaThere)
  const names = (await own.cookies('/auth/sign-in')).map(({ key }) => key)
  t.ok(names.some(name => name.endsWith('device')))
})
