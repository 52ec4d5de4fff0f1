import t, { type Test } from 'tap'
import type { FastAuthOptions } from '../../lib/index.js'
import { setUpTotp, signInUser, signUpUser } from '../../lib/testing/index.js'
import { ada } from '../support/account.js'
import { actingBefore } from '../support/acting-before.js'
import { codeApplication, invalid, otherThan, type RequestedCode, stranger } from '../support/code-application.js'
import { noon } from '../support/protected-application.js'
import { refused } from '../support/refusal.js'

/** An application in which something may happen right before the session is created. */
async function world(t: Test, options: Partial<FastAuthOptions> = {}) {
  const { storage, armed, right } = actingBefore('sessions.open')
  const application = await codeApplication(t, { options: { storage, secondFactor: 'offered', ...options } })
  const { user } = application
  const sessions = async () => (await right.sessions.list({ userId: user.id, now: noon, limit: 9, offset: 0 })).items
  return { ...application, armed, right, sessions }
}

type World = Awaited<ReturnType<typeof world>>

/** What may happen to a code between the comparison and the session. */
const meanwhile: Readonly<Record<string, (world: World, requested: RequestedCode) => Promise<unknown>>> = {
  'another request for the address': ({ ask }) => ask(),
  'five wrong codes': async ({ use }, requested) => {
    for (let count = 0; count < 5; count += 1) await use({ ...requested, code: otherThan(requested.code) })
  },
  'the deletion of the user': ({ app, user }) => app.fastAuth.deleteUser(user.id),
}

for (const [event, happens] of Object.entries(meanwhile)) {
  t.test(`${event} before the session is created leaves none`, async t => {
    const application = await world(t)
    const { request, use, armed, sessions, events, user } = application
    const requested = await request()
    armed.act = () => happens(application, requested)
    events.length = 0
    refused(t, await use(requested), 401, invalid)
    t.strictSame(await sessions(), [])
    t.hasStrict(events.at(-1), { name: 'authn_login_fail', reason: 'wrong_code', userId: user.id })
  })
}

t.test('a code that is used before the session is created opens one session', async t => {
  const { request, use, armed, sessions } = await world(t)
  const requested = await request()
  const inner: number[] = []
  armed.act = async () => void inner.push((await use(requested)).statusCode)
  refused(t, await use(requested), 401, invalid)
  t.strictSame(inner, [200])
  t.equal((await sessions()).length, 1)
})

t.test('a user who is disabled before the session is created gets none', async t => {
  const { app, request, use, armed, sessions, user } = await world(t)
  const requested = await request()
  armed.act = () => app.fastAuth.disableUser(user.id)
  refused(t, await use(requested), 403, 'FAST_AUTH_USER_DISABLED')
  t.strictSame(await sessions(), [])
})

t.test('a second factor that is confirmed before the session is created is asked for, and the code stays', async t => {
  const { app, post, request, use, armed, sessions } = await world(t)
  const session = await signInUser(app, ada)
  const requested = await request()
  const recoveryCodes: string[] = []
  armed.act = async () => void recoveryCodes.push(...(await setUpTotp(session, { at: noon })).recoveryCodes)
  const answer = await use(requested)
  t.equal(answer.statusCode, 202)
  t.strictSame((await sessions()).flatMap(({ methods }) => methods).includes('email'), false)
  const body = { signInToken: answer.json().signInToken, recoveryCode: recoveryCodes[0] }
  t.equal((await post('/sign-in/second-factor', body)).statusCode, 200)
})

t.test('an address that the user leaves before the session is created opens none', async t => {
  const { post, tokenTo, codeSession, request, use, armed, sessions } = await world(t)
  const { send } = await codeSession()
  const email = 'new@example.com'
  await send('POST', '/email/change', { email })
  const token = await tokenTo(email, 'changeEmail')
  const requested = await request()
  armed.act = () => post('/email/change/confirm', { token, password: ada.password })
  const before = (await sessions()).length
  refused(t, await use(requested), 401, invalid)
  t.ok((await sessions()).length <= before)
})

t.test('a code that is replaced before the second factor opens the session leaves none', async t => {
  const { app, post, ask, request, use, armed, sessions } = await world(t)
  const { recoveryCodes } = await setUpTotp(await signInUser(app, ada), { at: noon })
  const before = await sessions()
  const { signInToken } = (await use(await request())).json()
  armed.act = () => ask()
  const answer = await post('/sign-in/second-factor', { signInToken, recoveryCode: recoveryCodes[0] })
  refused(t, answer, 401, 'FAST_AUTH_SIGN_IN_EXPIRED')
  t.strictSame(await sessions(), before)
})

t.test('a new user who is deleted before the session is created has none', async t => {
  const { app, right, request, use, armed } = await world(t, { emailSignIn: { signUp: true } })
  const requested = await request(stranger)
  armed.act = async () => {
    const user = await right.users.findByEmail({ email: stranger })
    await app.fastAuth.deleteUser(String(user?.id))
  }
  refused(t, await use(requested), 401, invalid)
  t.equal(await right.users.findByEmail({ email: stranger }), null)
  t.equal((await use(requested)).statusCode, 201, 'the code still proves the address')
})

t.test(
  'a sign-in of an attacker that waits for a second factor ends when the owner of the address signs in',
  async t => {
    const { app, post, request, use } = await codeApplication(t, { options: { secondFactor: 'offered' } })
    const attacker = { email: stranger, password: 'chosen by the attacker' }
    const { recoveryCodes } = await setUpTotp(await signUpUser(app, attacker), { at: noon })
    const { signInToken } = (await post('/sign-in', { ...attacker, transport: 'token' })).json()
    t.equal((await use(await request(stranger))).statusCode, 200)
    const answer = await post('/sign-in/second-factor', { signInToken, recoveryCode: recoveryCodes[0] })
    refused(t, answer, 401, 'FAST_AUTH_SIGN_IN_EXPIRED')
  },
)
