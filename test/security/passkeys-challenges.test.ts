import { randomBytes } from 'node:crypto'
import t from 'tap'
import { memoryStorage } from '../../lib/engines/memory.js'
import { setUpTotp } from '../../lib/testing/index.js'
import { createKeyring } from '../../lib/tokens/keyring.js'
import { createPasskeyChallenges } from '../../lib/tokens/passkey-challenge.js'
import { bearer } from '../support/account.js'
import { noon } from '../support/protected-application.js'
import { refused } from '../support/refusal.js'
import { otherSecret } from '../support/secret.js'
import { testApplication } from '../support/test-application.js'
import { origin, type PasskeyWorld, passkeyOptions, passkeyWorld, rpId, writesIn } from './fixtures/passkey-world.js'

/** Uses Ada's passkey for any challenge. */
const useFor = ({ ada }: PasskeyWorld, challenge: string) =>
  ada.authenticator.get({ challenge, rpId, timeout: 1, userVerification: 'required' }, { origin })

t.test('a challenge that the server has not issued is refused without a storage call', async t => {
  const world = await passkeyWorld(t)
  const { requestOptions, creationOptions, asked, signIn } = world
  const { challenge } = await requestOptions()
  const bytes = Buffer.from(challenge, 'base64url')
  const flipped = (at: number) => {
    const forged = Buffer.from(bytes)
    forged[at] = (forged[at] ?? 0) ^ 1
    return forged.toString('base64url')
  }
  const ofOtherSecret = createPasskeyChallenges({ keyring: createKeyring([otherSecret]) })
  const wrong: Readonly<Record<string, string>> = {
    'that of a server with another secret': ofOtherSecret.issueAuthentication(noon),
    'that of a creation': (await creationOptions()).challenge,
    'the text of a client': 'AAAA',
    'random bytes of the same length': randomBytes(bytes.length).toString('base64url'),
    'an empty text': '',
    'its bytes in padded Base64': bytes.toString('base64'),
    'its bytes in hex': bytes.toString('hex'),
    'more than the challenge': `${challenge}A`,
    'less than the challenge': challenge.slice(0, -1),
    'a space before it': ` ${challenge}`,
    ...Object.fromEntries(
      [0, 1, 6, 7, 8, 13, 14, 40, 60, 90, bytes.length - 1].map(at => [`byte ${at} changed`, flipped(at)]),
    ),
  }
  asked()
  for (const [name, text] of Object.entries(wrong)) {
    const credential = useFor(world, text)
    await world.refusesUse(t, credential, name)
    asked()
    await signIn(credential)
    t.strictSame(asked(), [], `${name} costs no storage call`)
  }
  t.equal((await signIn(useFor(world, challenge))).statusCode, 200)
})

t.test('a challenge lives five minutes, and not a millisecond longer', async t => {
  const world = await passkeyWorld(t)
  const { requestOptions, advance, signIn, refusesUse } = world
  const { challenge: first } = await requestOptions()
  const { challenge: second } = await requestOptions()
  advance(299.999)
  t.equal((await signIn(useFor(world, first))).statusCode, 200)
  advance(0.001)
  await refusesUse(t, useFor(world, second), 'an expired challenge')
})

t.test('a challenge that is stamped in the future by a client is refused, since the time is signed', async t => {
  const world = await passkeyWorld(t)
  const { challenge } = await world.requestOptions()
  const bytes = Buffer.from(challenge, 'base64url')
  bytes.writeUIntBE(noon + 86_400_000, 8, 6)
  await world.refusesUse(t, useFor(world, bytes.toString('base64url')), 'a later expiry')
})

t.test('of a use that is sent as a sign-in, a second factor and a proof, one is accepted', async t => {
  const orders = [
    ['signIn', 'secondFactor', 'reauthenticate'],
    ['secondFactor', 'reauthenticate', 'signIn'],
    ['reauthenticate', 'signIn', 'secondFactor'],
  ] as const
  for (const order of orders) {
    const world = await passkeyWorld(t)
    const { ada, post, signIn, use } = world
    await setUpTotp(ada, { at: noon })
    const { accessToken } = (await signIn(await use())).json()
    const { email, password } = ada
    const { signInToken } = (await post('/sign-in', { email, password, transport: 'token' })).json()
    const credential = await use()
    const send = {
      signIn: () => signIn(credential),
      secondFactor: () => post('/sign-in/second-factor', { signInToken, credential }),
      reauthenticate: () => post('/reauthenticate', { credential }, bearer(accessToken)),
    }
    const answers: number[] = []
    for (const name of [...order, ...order]) answers.push((await send[name]()).statusCode)
    t.strictSame(answers, [200, 401, 401, 401, 401, 401], order.join())
  }
})

t.test('of many concurrent uses of one challenge one is accepted, whatever it is sent as', async t => {
  const { ada, post, signIn, use } = await passkeyWorld(t)
  await setUpTotp(ada, { at: noon })
  const { accessToken } = (await signIn(await use())).json()
  const { email, password } = ada
  const { signInToken } = (await post('/sign-in', { email, password, transport: 'token' })).json()
  const credential = await use()
  const attempts = Array.from({ length: 5 }, () => [
    signIn(credential),
    post('/sign-in/second-factor', { signInToken, credential }),
    post('/reauthenticate', { credential }, bearer(accessToken)),
  ])
  const statuses = (await Promise.all(attempts.flat())).map(({ statusCode }) => statusCode)
  t.strictSame(statuses.sort(), [200, ...Array(14).fill(401)])
})

t.test('two passkeys that sign one challenge use it once, even if they belong to two users', async t => {
  const { ada, ben, requestOptions, signIn, refusesUse } = await passkeyWorld(t)
  const options = await requestOptions()
  const [first, second] = [ada, ben].map(({ authenticator }) => authenticator.get(options, { origin }))
  t.equal((await signIn(Object(first))).statusCode, 200)
  await refusesUse(t, Object(second), 'the passkey of another user')
})

t.test('a challenge of one process is good in another, and spent in both', async t => {
  const storage = memoryStorage()
  const { requestOptions, ada, signIn } = await passkeyWorld(t, { options: { storage } })
  const { post } = await testApplication(t, { mail: true, options: { ...passkeyOptions, storage } })
  const there = (credential: object) => post('/sign-in/passkey', { credential, transport: 'token' })
  for (const [first, second] of [
    [signIn, there],
    [there, signIn],
  ] as const) {
    const credential = ada.authenticator.get(await requestOptions(), { origin })
    t.equal((await first(credential)).statusCode, 200)
    refused(t, await second(credential), 401, 'FAST_AUTH_PASSKEY_INVALID')
  }
})

t.test(
  'options write nothing: a flood without a session costs no storage call, and one of a session only reads',
  async t => {
    const { requestOptions, creationOptions, asked, state, events } = await passkeyWorld(t)
    const before = await state()
    asked()
    const challenges = new Set<string>()
    for (let request = 0; request < 500; request += 1) challenges.add((await requestOptions()).challenge)
    t.equal(challenges.size, 500)
    t.strictSame(asked(), [])
    for (let request = 0; request < 50; request += 1) challenges.add((await creationOptions()).challenge)
    t.equal(challenges.size, 550)
    const calls = asked()
    t.ok(calls.length > 0)
    t.strictSame(writesIn(calls), [])
    t.strictSame([await state(), events], [before, []])
  },
)

t.test('a flood of uses that are not valid writes no row', async t => {
  const { requestOptions, refusesUse, asked, ada, signIn } = await passkeyWorld(t)
  const { challenge } = await requestOptions()
  const credential = useFor({ ada } as PasskeyWorld, challenge)
  await refusesUse(t, { ...credential, id: 'AAAA', rawId: 'AAAA' }, 'an unknown passkey')
  asked()
  for (let request = 0; request < 100; request += 1) {
    const id = randomBytes(32).toString('base64url')
    await signIn({ ...credential, id, rawId: id })
  }
  t.strictSame(asked(), Array(100).fill('passkeys.findByCredentialId'))
})

t.test('a challenge has 256 random bits, and is no other one', async t => {
  const { requestOptions, creationOptions } = await passkeyWorld(t)
  const random = (challenge: string) => Buffer.from(challenge, 'base64url').subarray(14, 46).toString('hex')
  const drawn = new Set<string>()
  for (let request = 0; request < 100; request += 1) {
    drawn.add(random((await requestOptions()).challenge))
    drawn.add(random((await creationOptions()).challenge))
  }
  t.equal(drawn.size, 200)
  const column = (index: number) => new Set([...drawn].map(hex => hex.slice(index * 2, index * 2 + 2))).size
  for (let byte = 0; byte < 32; byte += 1) t.ok(column(byte) > 50, `byte ${byte} varies`)
})
