import t from 'tap'
import { embeddedAdapters } from '../support/adapters.js'
import { refused } from '../support/refusal.js'
import { testApplication } from '../support/test-application.js'
import { origin, passkeyOptions, passkeyWorld } from './fixtures/passkey-world.js'
import { userWithoutPassword } from './fixtures/user-without-password.js'

for (const { name, open } of embeddedAdapters) {
  t.test(`in ${name} the only passkey of a user without a password is not deleted`, async t => {
    const { storage } = await open(t)
    const world = await testApplication(t, { options: { ...passkeyOptions, storage, migrate: true } })
    const { send, passkeyIds, userId, authenticators } = await userWithoutPassword(world, storage, 2)
    const [first, second] = passkeyIds
    t.equal((await send('DELETE', `/passkeys/${first}`)).statusCode, 204)
    refused(t, await send('DELETE', `/passkeys/${second}`), 409, 'FAST_AUTH_LAST_SIGN_IN_METHOD')
    t.equal((await storage.passkeys.list({ userId })).length, 1)
    const options = (await world.post('/sign-in/passkey/options', undefined)).json()
    const credential = authenticators[1]?.get(options, { origin })
    t.equal((await world.post('/sign-in/passkey', { credential, transport: 'token' })).statusCode, 200)
  })

  t.test(`in ${name} concurrent deletions of all passkeys leave a user without a password one`, async t => {
    const { storage } = await open(t)
    const world = await testApplication(t, { options: { ...passkeyOptions, storage, migrate: true } })
    for (let round = 0; round < 5; round += 1) {
      const { send, passkeyIds, userId } = await userWithoutPassword(world, storage, 4)
      const answers = await Promise.all(passkeyIds.map(id => send('DELETE', `/passkeys/${id}`)))
      t.strictSame(answers.map(({ statusCode }) => statusCode).sort(), [204, 204, 204, 409])
      t.equal((await storage.passkeys.list({ userId })).length, 1)
    }
  })
}

t.test('a user with a password may delete the only passkey, which then signs no user in', async t => {
  const { ada, use, refusesUse, storage, signIn } = await passkeyWorld(t)
  const credential = await use()
  const { session } = (await signIn(await use())).json()
  t.equal((await ada.send('DELETE', `/passkeys/${ada.passkey.id}`)).statusCode, 204)
  await refusesUse(t, credential, 'a use from before')
  await refusesUse(t, await use(), 'a use from after')
  t.equal(await storage.sessions.find({ sessionId: session.id, now: 0 }), null, 'its sessions have ended')
})
