import t, { type Test } from 'tap'
import { signUpUser } from '../../lib/testing/index.js'
import { ada, bearer, signUpForTokens } from '../support/account.js'
import { hashCalls } from '../support/hash-calls.js'
import { type MailApplication, testApplication } from '../support/test-application.js'
import { visible } from '../support/visible.js'

const { password } = ada
const unknown = 'ben@example.com'

/** The parts of a request that an attacker can see, and those on which its time depends. */
function observer(t: Test, { asked, post }: MailApplication) {
  const hashes = hashCalls(t)
  return async (path: string, payload: object, headers = {}) => {
    asked()
    hashes()
    const answer = await post(path, payload, headers)
    return { answer: visible(answer), calls: asked(), hashes: hashes().length }
  }
}

for (const path of ['/password/forgot', '/email/confirm/send']) {
  t.test(`no answer of ${path} distinguishes known addresses, confirmed or not, from unknown ones`, async t => {
    const tested = await testApplication(t, { mail: true })
    await signUpForTokens(tested.app)
    const observe = observer(t, tested)
    const unknownUser = await observe(path, { email: unknown })
    t.strictSame(
      { ...unknownUser, answer: unknownUser.answer.statusCode },
      { answer: 202, calls: ['users.findByEmail', 'oneTimeTokens.issue'], hashes: 0 },
    )
    t.strictSame(await observe(path, { email: ada.email }), unknownUser)
    await tested.post('/email/confirm', {
      token: await tested.tokenTo(ada.email, 'confirmEmail'),
      password: ada.password,
    })
    t.strictSame(await observe(path, { email: ada.email }), unknownUser)
  })

  t.test(`no answer of ${path} reveals a disabled user’s address, and nothing is mailed to it`, async t => {
    const tested = await testApplication(t, { mail: true })
    const { app, everythingTo } = tested
    const users = { 'ann@example.com': true, 'bea@example.com': false }
    for (const [email, emailConfirmed] of Object.entries(users)) {
      const creation = await app.fastAuth.createUser({ email, password, emailConfirmed })
      if (creation.outcome === 'created') await app.fastAuth.disableUser(creation.user.id)
    }
    const observe = observer(t, tested)
    const unknownUser = await observe(path, { email: unknown })
    for (const email of Object.keys(users)) t.strictSame(await observe(path, { email }), unknownUser)
    for (const email of Object.keys(users)) t.strictSame(await everythingTo(email), [])
  })
}

t.test('a sign-up that needs confirmation does not distinguish a taken address from a free one', async t => {
  const tested = await testApplication(t, { mail: true, options: { requireEmailConfirmation: true } })
  const observe = observer(t, tested)
  const free = await observe('/sign-up', ada)
  t.strictSame({ ...free, answer: free.answer.statusCode }, { answer: 202, calls: ['users.create'], hashes: 1 })
  t.strictSame(await observe('/sign-up', ada), free)
  await tested.post('/email/confirm', {
    token: await tested.tokenTo(ada.email, 'confirmEmail'),
    password: ada.password,
  })
  t.strictSame(await observe('/sign-up', { ...ada, password: 'a horse of another colour' }), free)
})

t.test('a change of address does not distinguish a taken address, nor the user’s own, from a free one', async t => {
  const tested = await testApplication(t, { mail: true })
  const { accessToken } = await signUpForTokens(tested.app)
  await signUpForTokens(tested.app, { email: unknown, password })
  const observe = observer(t, tested)
  const change = (email: string) => observe('/email/change', { email, password }, bearer(accessToken))
  const free = await change('new@example.com')
  const changeCalls = ['users.find', 'users.findByEmail', 'oneTimeTokens.issue']
  t.strictSame({ ...free, answer: free.answer.statusCode }, { answer: 202, calls: changeCalls, hashes: 1 })
  t.strictSame(await change(unknown), free)
  t.strictSame(await change(ada.email), free)
})

t.test('a refused sign-in does not distinguish a taken user name from any other text, nor from an address', async t => {
  const tested = await testApplication(t, { mail: true, options: { usernames: true } })
  await signUpUser(tested.app, { ...ada, username: 'ada' })
  const observe = observer(t, tested)
  const attempt = (identity: object) => observe('/sign-in', { ...identity, password: 'wrong horse battery' })
  const wrong = await attempt({ username: 'ada' })
  t.strictSame(
    { ...wrong, answer: wrong.answer.statusCode },
    { answer: 401, calls: ['users.findByUsername'], hashes: 1 },
  )
  const texts = ['ADA', 'grace', 'admin', '', 'a', ada.email, 'а\u0301da', 'no name; at all', 'x'.repeat(254)]
  for (const username of texts) t.strictSame(await attempt({ username }), wrong, username)
  const wrongByEmail = { ...wrong, calls: ['users.findByEmail'] }
  for (const email of [ada.email, unknown]) t.strictSame(await attempt({ email }), wrongByEmail, email)
})

t.test('a sign-up that needs confirmation accepts no user name, with any owner of the name or address', async t => {
  const options = { usernames: true, requireEmailConfirmation: true }
  const tested = await testApplication(t, { mail: true, options })
  const { app, mailbox } = tested
  const { accessToken } = await signUpUser(app, { ...ada, mailbox })
  const payload = { username: 'ada' }
  const rename = await app.inject({ method: 'PATCH', url: '/auth/me', headers: bearer(accessToken), payload })
  t.equal(rename.statusCode, 200)
  const observe = observer(t, tested)
  const attempt = (email: string, username: string) => observe('/sign-up', { email, username, password })
  const refusal = await attempt(unknown, 'free')
  t.strictSame({ ...refusal, answer: refusal.answer.statusCode }, { answer: 400, calls: [], hashes: 0 })
  for (const email of [unknown, ada.email]) {
    for (const username of ['ada', 'free']) t.strictSame(await attempt(email, username), refusal)
  }
})
