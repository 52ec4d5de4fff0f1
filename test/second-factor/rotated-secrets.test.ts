import t from 'tap'
import { memoryStorage } from '../../lib/engines/memory.js'
import { totpCode } from '../../lib/testing/index.js'
import { ada } from '../support/account.js'
import { noon, protectedApplication } from '../support/protected-application.js'
import { refused } from '../support/refusal.js'
import { secret as firstSecret, otherSecret } from '../support/secret.js'
import { testApplication } from '../support/test-application.js'

/** The same users, on a server with other secrets. */
async function withSecrets(t: Parameters<typeof testApplication>[0], secrets: [string, ...string[]]) {
  const storage = memoryStorage()
  const { secret, recoveryCodes, user } = await protectedApplication(t, { options: { storage } })
  const options = { storage, secrets, secondFactor: 'offered' } as const
  const server = await testApplication(t, { options })
  const open = async (application = server) =>
    (await application.post('/sign-in', { ...ada, transport: 'token' })).json().signInToken
  const sealed = async () => (await storage.secondFactors.find({ userId: user.id })).totp?.sealedSecret
  return { ...server, storage, secret, recoveryCodes, user, open, sealed, options }
}

t.test('an app goes on after a rotation of secrets, and the next sign-in seals it with the newest', async t => {
  const { advance, post, open, sealed, secret, storage } = await withSecrets(t, [otherSecret, firstSecret])
  const before = await sealed()
  advance(30)
  const code = totpCode(secret, noon + 30_000)
  t.equal((await post('/sign-in/second-factor', { signInToken: await open(), code })).statusCode, 200)
  const after = await sealed()
  t.not(after, before)
  const onlyNew = await testApplication(t, { options: { storage, secrets: [otherSecret], secondFactor: 'offered' } })
  onlyNew.advance(60)
  const later = { signInToken: await open(onlyNew), code: totpCode(secret, noon + 60_000) }
  t.equal((await onlyNew.post('/sign-in/second-factor', later)).statusCode, 200)
  t.equal(await sealed(), after, 'a secret that is sealed with the newest one stays')
})

t.test('a wrong code does not seal the secret again', async t => {
  const { post, open, sealed } = await withSecrets(t, [otherSecret, firstSecret])
  const before = await sealed()
  const answer = await post('/sign-in/second-factor', { signInToken: await open(), code: '000000' })
  refused(t, answer, 401, 'FAST_AUTH_SECOND_FACTOR_INVALID')
  t.equal(await sealed(), before)
})

t.test(
  'once its secret is removed, an app is unreadable, which an event says, and recovery codes still work',
  async t => {
    const { advance, post, open, secret, recoveryCodes, events, user } = await withSecrets(t, [otherSecret])
    advance(30)
    const signInToken = await open()
    events.length = 0
    const code = totpCode(secret, noon + 30_000)
    refused(t, await post('/sign-in/second-factor', { signInToken, code }), 401, 'FAST_AUTH_SECOND_FACTOR_INVALID')
    const about = { userId: user.id, sessionId: null }
    t.hasStrict(events, [{ name: 'authn_login_fail', reason: 'second_factor_unreadable', ...about }])
    const signedIn = await post('/sign-in/second-factor', { signInToken, recoveryCode: recoveryCodes[0] })
    t.equal(signedIn.statusCode, 200)
    t.equal(signedIn.json().user.id, user.id)
  },
)

t.test('the secret of one user, stored with another, is unreadable', async t => {
  const { secondFactors, ...rest } = memoryStorage()
  const find: typeof secondFactors.find = async request => {
    const found = await secondFactors.find(request)
    return found.totp === null ? found : { ...found, totp: { ...found.totp, id: crypto.randomUUID() } }
  }
  const armed = { isArmed: false }
  const swapping: typeof secondFactors.find = request => (armed.isArmed ? find(request) : secondFactors.find(request))
  const storage = { ...rest, secondFactors: { ...secondFactors, find: swapping } }
  const { signIn, code, events } = await protectedApplication(t, { options: { storage } })
  armed.isArmed = true
  refused(t, await signIn({ code: code() }), 401, 'FAST_AUTH_SECOND_FACTOR_INVALID')
  t.hasStrict(events.at(-1), { reason: 'second_factor_unreadable' })
})
