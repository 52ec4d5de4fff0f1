import t, { type Test } from 'tap'
import type { FastAuthOptions } from '../../lib/index.js'
import { bearer, signUpForTokens } from '../support/account.js'
import { hashCalls } from '../support/hash-calls.js'
import { refused } from '../support/refusal.js'
import { cheapPasswords, testApplication } from '../support/test-application.js'

type Passwords = NonNullable<FastAuthOptions['passwords']>

const owner = { email: 'ada.lovelace@example.com', password: 'correct horse battery 7' }

/** Every operation that sets a password, for a user with a link that resets it. */
async function places(t: Test, passwords: Passwords = {}) {
  const tested = await testApplication(t, {
    mail: { appName: 'Difference Engine' },
    options: { passwords: { ...cheapPasswords, ...passwords } },
  })
  const { app, events, post, tokenTo } = tested
  const { user, session, accessToken } = await signUpForTokens(app, owner)
  await post('/password/forgot', { email: owner.email })
  const token = await tokenTo(owner.email, 'resetPassword')
  events.length = 0
  const choose = {
    signUp: (password: string) => post('/sign-up', { email: owner.email, password }),
    changePassword: (newPassword: string) =>
      post('/password/change', { currentPassword: owner.password, newPassword }, bearer(accessToken)),
    resetPassword: (password: string) => post('/password/reset', { token, password }),
  }
  return { ...tested, user, session, choose }
}

const broken = {
  minimumLength: 'kurz',
  requireLetter: '60218346!',
  requireDigit: 'correct horse',
  frequentPassword: 'TrustNo1',
  contextWord: 'lovelace1815',
} as const

t.test('wherever a password is chosen, a weak one is refused by the rule that it breaks', async t => {
  const { asked, choose } = await places(t, { requireLetter: true, requireDigit: true })
  asked()
  for (const [place, attempt] of Object.entries(choose)) {
    for (const [rule, password] of Object.entries(broken)) {
      const answer = await attempt(password)
      refused(t, answer, 400, 'FAST_AUTH_PASSWORD_TOO_WEAK')
      t.equal(answer.json().rule, rule, place)
      t.notMatch(answer.body, password)
    }
  }
  t.notOk(asked().some(method => /create|change|reset/i.test(method)))
  t.equal((await choose.resetPassword('correct horse 7')).statusCode, 204, 'a weak password does not cost the link')
})

t.test('a weak password is refused before the lookup of the address', async t => {
  const { post, asked } = await places(t)
  asked()
  const hashes = hashCalls(t)
  const [known, unknown] = [
    await post('/sign-up', { email: owner.email, password: 'password' }),
    await post('/sign-up', { email: 'ben@example.com', password: 'password' }),
  ]
  t.equal(known.body, unknown.body)
  t.strictSame([asked(), hashes()], [[], []])
})

t.test('the application’s name, its host and the words that it forbids make no password', async t => {
  const { post } = await places(t, { forbiddenWords: ['babbage'] })
  for (const password of ['difference engine', 'engine-42', 'app.example.com', 'example-1', 'Babbage1791']) {
    const answer = await post('/sign-up', { email: 'ben@example.com', password })
    refused(t, answer, 400, 'FAST_AUTH_PASSWORD_TOO_WEAK')
    t.equal(answer.json().rule, 'contextWord', password)
  }
})

t.test('a password that the application knows from a breach is refused, after every other rule', async t => {
  const asked: string[] = []
  const breachedPasswordCheck = async (password: string) => asked.push(password) > 1
  const { events, choose } = await places(t, { breachedPasswordCheck })
  for (const attempt of Object.values(choose)) {
    refused(t, await attempt('trustno1'), 400, 'FAST_AUTH_PASSWORD_TOO_WEAK')
    const answer = await attempt('cafe\u0301 au lait')
    refused(t, answer, 400, 'FAST_AUTH_PASSWORD_TOO_WEAK')
    t.equal(answer.json().rule, 'breached')
  }
  t.strictSame(asked, [owner.password, 'café au lait', 'café au lait', 'café au lait'])
  t.strictSame(events, [])
})

for (const [reason, check] of [
  ['timed_out', () => new Promise<boolean>(() => {})],
  ['failed', (password: string) => Promise.reject(new Error(`no network for ${password}`))],
] as const) {
  t.test(`if the check of breached passwords has ${reason}, the password passes and an event says so`, async t => {
    let isUp = true
    const breachedPasswordCheck = async (password: string) => (isUp ? false : check(password))
    const { events, choose, user, session } = await places(t, {
      breachedPasswordCheck,
      breachedPasswordTimeoutSeconds: 0.1,
    })
    isUp = false
    refused(t, await choose.signUp('a horse of another colour'), 409, 'FAST_AUTH_USER_EXISTS')
    t.equal((await choose.changePassword('a horse of another colour')).statusCode, 200)
    const skipped = events.filter(({ name }) => name === 'breached_password_check_skipped')
    const about = { reason, at: '2026-01-01T12:00:00.000Z', ip: '127.0.0.1' }
    t.hasStrict(skipped, [
      { userId: null, sessionId: null, ...about },
      { userId: user.id, sessionId: session.id, ...about },
    ])
    t.equal(skipped.length, 2)
    t.notMatch(JSON.stringify(events), 'horse')
  })
}
