import t, { type Test } from 'tap'
import { createSoftwareAuthenticator, setUpTotp } from '../../lib/testing/index.js'
import { bearer } from '../support/account.js'
import { noon } from '../support/protected-application.js'
import { refused } from '../support/refusal.js'
import { invalidBody, origin, passkeyWorld } from './fixtures/passkey-world.js'

/** A world in which Ada's passkey stays on one device, and was used five times. */
async function deviceBound(t: Test) {
  const authenticator = createSoftwareAuthenticator({ isSynced: false, transports: ['usb'] })
  const world = await passkeyWorld(t, { authenticator })
  for (let use = 0; use < 5; use += 1) t.equal((await world.signIn(await world.use())).statusCode, 200)
  const counter = async () => (await world.storage.passkeys.list({ userId: world.ada.id }))[0]?.counter
  world.events.length = 0
  return { ...world, counter }
}

for (const [name, lower] of [
  ['the same counter', 5],
  ['a counter that falls', 3],
  ['a counter of 1', 1],
] as const) {
  t.test(`${name} of a key that stays on one device is refused, and ends the sessions of the passkey`, async t => {
    const { use, signIn, counter, storage, ada, events, mailbox, app } = await deviceBound(t)
    const { session, accessToken } = (await signIn(await use())).json()
    t.equal(await counter(), 6)
    events.length = 0
    const answer = await signIn(await use({ overrides: { counter: lower } }))
    refused(t, answer, 401, 'FAST_AUTH_PASSKEY_INVALID')
    t.equal(answer.body, invalidBody)
    t.equal(await counter(), 6, 'the copy changes nothing')
    t.equal(await storage.sessions.find({ sessionId: session.id, now: 0 }), null)
    t.equal((await app.inject({ url: '/auth/me', headers: bearer(accessToken) })).statusCode, 401)
    t.equal((await ada.send('GET', '/me')).statusCode, 200, 'sessions without the passkey continue')
    const named = events.map(event => event.name)
    t.ok(named.includes('passkey_copied'))
    t.ok(named.includes('authn_login_fail'))
    t.notOk(named.includes('authn_login_success'))
    t.match((await mailbox.waitForMessage(ada.email)).subject, /passkey/i)
  })
}

t.test(
  'a copy of a key that was used after the owner ends the sessions of both at the next use of the owner',
  async t => {
    const { use, signIn, requestOptions, ada, storage, events } = await deviceBound(t)
    const copy = ada.authenticator.copy()
    const stolen = await signIn(copy.get(await requestOptions(), { origin }))
    t.equal(stolen.statusCode, 200, 'no server can know yet')
    refused(t, await signIn(await use()), 401, 'FAST_AUTH_PASSKEY_INVALID')
    const { session } = stolen.json()
    t.equal(await storage.sessions.find({ sessionId: session.id, now: 0 }), null)
    t.ok(events.some(({ name }) => name === 'passkey_copied'))
  },
)

t.test('a copy that repeats a lower counter informs the owner once a day', async t => {
  const { use, signIn, everythingTo, ada, advance } = await deviceBound(t)
  for (let attempt = 0; attempt < 5; attempt += 1) {
    advance(60)
    t.equal((await signIn(await use({ overrides: { counter: 2 } }))).statusCode, 401)
  }
  const notices = (await everythingTo(ada.email)).filter(subject => /passkey/i.test(subject))
  t.equal(notices.length, 2, 'the passkey that was added, and the copy')
})

t.test('a lower counter with a signature that is not valid blames no passkey', async t => {
  const { use, signIn, counter, events, refusesUse } = await deviceBound(t)
  const credential = await use({ overrides: { counter: 1 } })
  const signature = credential.response.signature.replace(/^.{20}/, other => [...other].reverse().join(''))
  await refusesUse(t, { ...credential, response: { ...credential.response, signature } }, 'a wrong signature')
  await refusesUse(t, await use({ overrides: { counter: 1, flags: 1 } }), 'a user who is not verified')
  t.equal(await counter(), 5)
  t.notOk(events.some(({ name }) => name === 'passkey_copied'))
  t.equal((await signIn(await use())).statusCode, 200)
})

t.test('a synced passkey is never blamed for a counter', async t => {
  const { use, signIn, events } = await passkeyWorld(t)
  for (const counter of [0, 7, 7, 3, 1, 0, 4_294_967_295, 1])
    t.equal((await signIn(await use({ overrides: { counter } }))).statusCode, 200, String(counter))
  t.notOk(events.some(({ name }) => name === 'passkey_copied'))
})

t.test('a key without a counter is not blamed, and neither is one that stops to count', async t => {
  const { use, signIn, events } = await deviceBound(t)
  for (const counter of [0, 0, 9, 0]) t.equal((await signIn(await use({ overrides: { counter } }))).statusCode, 200)
  t.notOk(events.some(({ name }) => name === 'passkey_copied'))
})

for (const route of ['a second factor', 'a proof'] as const) {
  t.test(`a copy as ${route} is refused, and ends the sessions of the passkey too`, async t => {
    const { use, signIn, ada, post, storage, events } = await deviceBound(t)
    await setUpTotp(ada, { at: noon })
    const { session, accessToken } = (await signIn(await use())).json()
    const { email, password } = ada
    const { signInToken } = (await post('/sign-in', { email, password, transport: 'token' })).json()
    const credential = await use({ overrides: { counter: 2 } })
    const answer =
      route === 'a proof'
        ? await post('/reauthenticate', { credential }, bearer(accessToken))
        : await post('/sign-in/second-factor', { signInToken, credential })
    t.equal(answer.statusCode, 401)
    t.equal(await storage.sessions.find({ sessionId: session.id, now: 0 }), null)
    t.ok(events.some(({ name }) => name === 'passkey_copied'))
  })
}
