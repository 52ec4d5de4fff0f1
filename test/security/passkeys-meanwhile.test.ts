import t from 'tap'
import type { Storage } from '../../lib/composition/storage.js'
import { createSoftwareAuthenticator } from '../../lib/testing/index.js'
import { actingBefore } from '../support/acting-before.js'
import { noon } from '../support/protected-application.js'
import { refused } from '../support/refusal.js'
import { invalidBody, origin, type PasskeyWorld, passkeyWorld } from './fixtures/passkey-world.js'

const requests: Readonly<Record<string, (world: PasskeyWorld) => Promise<() => ReturnType<PasskeyWorld['signIn']>>>> = {
  'passkeys.register': async ({ ada, creationOptions }) => {
    const credential = createSoftwareAuthenticator().create(await creationOptions(), { origin })
    return () => ada.send('POST', '/passkeys', { credential })
  },
  'passkeys.rename':
    async ({ ada }) =>
    () =>
      ada.send('PATCH', `/passkeys/${ada.passkey.id}`, { name: 'mine' }),
  'passkeys.remove':
    async ({ ada }) =>
    () =>
      ada.send('DELETE', `/passkeys/${ada.passkey.id}`),
}

for (const [method, requestOf] of Object.entries(requests)) {
  t.test(`${method}: a session that ends before the write is refused, and nothing is written`, async t => {
    const { storage, armed, right } = actingBefore(method)
    const world = await passkeyWorld(t, { options: { storage } })
    const { state, ada } = world
    const request = await requestOf(world)
    let before: unknown
    armed.act = async () => {
      await right.sessions.revoke({ sessionId: ada.session.id, now: noon })
      before = await state()
    }
    refused(t, await request(), 401, 'FAST_AUTH_SESSION_REVOKED')
    t.strictSame(await state(), before)
  })
}

/** What may happen to an account between the signature of a passkey and the session. */
const events: Readonly<Record<string, (world: PasskeyWorld, right: Storage) => Promise<unknown>>> = {
  'the deletion of the passkey': ({ ada }, right) =>
    right.passkeys.remove({
      passkeyId: ada.passkey.id,
      userId: ada.id,
      asking: { sessionId: ada.session.id, now: noon },
      now: noon,
      messages: [],
    }),
  'the deletion of the user': ({ app, ada }) => app.fastAuth.deleteUser(ada.id),
}

for (const [event, happens] of Object.entries(events)) {
  t.test(`${event} before the session is created leaves none`, async t => {
    const { storage, armed, right } = actingBefore('sessions.open')
    const world = await passkeyWorld(t, { options: { storage } })
    armed.act = () => happens(world, right)
    const answer = await world.signIn(await world.use())
    t.strictSame([answer.statusCode, answer.body], [401, invalidBody])
    const { items } = await right.sessions.list({ userId: world.ada.id, now: noon, limit: 9, offset: 0 })
    t.notOk(items.some(({ methods }) => methods.includes('passkey')))
  })
}

t.test('a user who is disabled before the session is created gets none', async t => {
  const { storage, armed, right } = actingBefore('sessions.open')
  const { app, ada, signIn, use } = await passkeyWorld(t, { options: { storage } })
  armed.act = () => app.fastAuth.disableUser(ada.id)
  refused(t, await signIn(await use()), 403, 'FAST_AUTH_USER_DISABLED')
  t.equal((await right.sessions.list({ userId: ada.id, now: noon, limit: 9, offset: 0 })).total, 0)
})

t.test('a use that is replayed before the session is created opens one session', async t => {
  const { storage, armed, right } = actingBefore('sessions.open')
  const { ada, signIn, use } = await passkeyWorld(t, { options: { storage } })
  const credential = await use()
  const inner: Promise<{ statusCode: number }>[] = []
  armed.act = async () => {
    const answer = signIn(credential)
    inner.push(answer)
    await answer
  }
  const outer = await signIn(credential)
  t.strictSame([(await inner[0])?.statusCode, outer.statusCode], [200, 401])
  const { items } = await right.sessions.list({ userId: ada.id, now: noon, limit: 9, offset: 0 })
  t.equal(items.filter(({ methods }) => methods.includes('passkey')).length, 1)
})
