import { generateKeyPairSync, randomBytes } from 'node:crypto'
import t, { type Test } from 'tap'
import { createSoftwareAuthenticator, type PasskeyOverrides } from '../../lib/testing/index.js'
import { signInForTokens } from '../support/account.js'
import { otherSecret } from '../support/secret.js'
import { cose, handMadeRegistration, type RegistrationParts } from './fixtures/hand-made-passkey.js'
import { origin, type PasskeyWorld, passkeyWorld, rpId } from './fixtures/passkey-world.js'

/** Creates a passkey of another authenticator for Ada. */
async function creation({ creationOptions }: PasskeyWorld, overrides: PasskeyOverrides = {}, page = origin) {
  const { userHandle, ...others } = overrides
  return createSoftwareAuthenticator().create(await creationOptions(), { origin: page, overrides: others })
}

const added = (world: PasskeyWorld, credential: object) => world.ada.send('POST', '/passkeys', { credential })

t.test('a passkey that was created on a foreign origin is not added', async t => {
  const world = await passkeyWorld(t)
  for (const foreign of ['https://evil.example', `${origin}:8443`, `${origin}/`, 'https://example.com', 'null'])
    await world.refusesCreation(t, await creation(world, {}, foreign), `origin ${foreign}`)
  t.equal((await added(world, await creation(world))).statusCode, 201)
})

/** Parts that the authenticator sends. */
const spoilt: Readonly<Record<string, PasskeyOverrides>> = {
  'the RP ID of another site': { rpId: 'evil.example' },
  'the RP ID of a subdomain': { rpId: 'app.example.com' },
  'the type of a use': { type: 'webauthn.get' },
  'a user who is not verified (w3c/webauthn #1571)': { flags: flags => flags & ~0x04 },
  'a user who is not present': { flags: flags => flags & ~0x01 },
  'no attested credential': { flags: flags => flags & ~0x40 },
  'a backup that the passkey is not eligible for': { flags: flags => (flags & ~0x08) | 0x10 },
  'a frame of another site': { crossOrigin: true },
  'a page of another site around it': { topOrigin: 'https://evil.example' },
}

t.test('a passkey with one part of its creation that is wrong is not added', async t => {
  const world = await passkeyWorld(t)
  for (const [name, overrides] of Object.entries(spoilt))
    await world.refusesCreation(t, await creation(world, overrides), name)
})

t.test('a challenge creates a passkey only in the session that asked for it', async t => {
  const world = await passkeyWorld(t)
  const { app, creationOptions, refusesCreation, requestOptions, ben } = world
  const { email, password } = world.ada
  const second = await signInForTokens(app, { email, password })
  const ofSecond = (await second.inject({ method: 'POST', url: '/auth/passkeys/options' })).json()
  const make = (options: Awaited<ReturnType<typeof creationOptions>>) =>
    createSoftwareAuthenticator().create(options, { origin })
  await refusesCreation(t, make(ofSecond), 'the challenge of another session')
  await refusesCreation(t, make(await creationOptions(ben)), 'the challenge of another user')
  const own = await creationOptions()
  const { challenge } = await requestOptions()
  await refusesCreation(t, make({ ...own, challenge }), 'the challenge of a sign-in')
  for (const user of [world.ada, ben])
    await refusesCreation(t, make(ofSecond), 'the challenge of the other session', user)
})

t.test('a challenge that is forged, of another server, spent or expired creates no passkey', async t => {
  const world = await passkeyWorld(t)
  const { creationOptions, refusesCreation, advance } = world
  const other = await passkeyWorld(t, { options: { secrets: [otherSecret] } })
  const make = (options: Awaited<ReturnType<typeof creationOptions>>, challenge = options.challenge) =>
    createSoftwareAuthenticator().create({ ...options, challenge }, { origin })
  await refusesCreation(t, make(await other.creationOptions()), 'that of another server')
  const options = await creationOptions()
  const bytes = Buffer.from(options.challenge, 'base64url')
  for (const at of [0, 1, 7, 8, 20, 50, 70, 100, bytes.length - 1]) {
    const forged = Buffer.from(bytes)
    forged[at] = (forged[at] ?? 0) ^ 1
    await refusesCreation(t, make(options, forged.toString('base64url')), `a bit changed in byte ${at}`)
  }
  for (const challenge of [`${options.challenge}=`, ` ${options.challenge}`, '', 'AAAA', options.challenge.slice(1)])
    await refusesCreation(t, make(options, challenge), `the text ${challenge.slice(0, 6)}`)
  t.equal((await added(world, make(options))).statusCode, 201)
  await refusesCreation(t, make(options), 'a spent one')
  const late = await creationOptions()
  advance(300)
  await refusesCreation(t, make(late), 'an expired one')
})

/** Responses that no browser makes. */
async function handMade(t: Test) {
  const world = await passkeyWorld(t)
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const make = async (parts: Partial<RegistrationParts> = {}) => {
    const { challenge } = await world.creationOptions()
    return handMadeRegistration({ challenge, rpId, origin, algorithm: cose.ES256, publicKey, ...parts })
  }
  return { world, make }
}

t.test('a passkey is stored under the id that is attested, or not at all', async t => {
  const { world, make } = await handMade(t)
  await world.refusesCreation(t, await make({ claimedId: randomBytes(32) }), 'another id')
  const taken = Buffer.from(world.ben.passkey.credentialId, 'base64url')
  await world.refusesCreation(t, await make({ claimedId: taken }), 'the id of a passkey of another user')
  const credential = await make()
  await world.refusesCreation(t, { ...credential, rawId: world.ben.passkey.credentialId }, 'another rawId')
  await world.refusesCreation(
    t,
    { ...credential, id: `${credential.id}AA`, rawId: `${credential.id}AA` },
    'a longer id',
  )
  t.equal((await added(world, credential)).statusCode, 201)
})

t.test('the credential id of another user is not taken over', async t => {
  const { world, make } = await handMade(t)
  const { state, signIn, ben, requestOptions } = world
  const before = await state()
  const credential = await make({ credentialId: Buffer.from(ben.passkey.credentialId, 'base64url') })
  const answer = await added(world, credential)
  t.strictSame([answer.statusCode, answer.json().code], [409, 'FAST_AUTH_PASSKEY_ALREADY_REGISTERED'])
  t.strictSame(await state(), before)
  const signedIn = await signIn(ben.authenticator.get(await requestOptions(), { origin }))
  t.equal(signedIn.json().user.id, ben.id)
})

t.test('a key of an algorithm that was not offered is not added', async t => {
  const { world, make } = await handMade(t)
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey
  for (const [name, parts] of Object.entries({
    'ECDSA with SHA-384': { algorithm: cose.ES384 },
    'RSA with SHA-1': { algorithm: cose.RS1, publicKey: rsa },
    'RSA with PSS': { algorithm: -37, publicKey: rsa },
    'no algorithm': { algorithm: 0 },
    'an algorithm of encryption': { algorithm: 3 },
  }))
    await world.refusesCreation(t, await make(parts), name)
  const ed25519 = generateKeyPairSync('ed25519').publicKey
  for (const [algorithm, publicKey] of [
    [cose.RS256, rsa],
    [cose.EdDSA, ed25519],
  ] as const)
    t.equal((await added(world, await make({ algorithm, publicKey }))).statusCode, 201)
})

t.test('an attestation object or client data that are malformed add no passkey', async t => {
  const { world, make } = await handMade(t)
  const nested = (depth: number) => Buffer.concat([Buffer.alloc(depth, 0x81), Buffer.of(0)])
  const objects: Readonly<Record<string, (bytes: Buffer) => Buffer>> = {
    'half of it': bytes => bytes.subarray(0, bytes.length / 2),
    'a byte': () => Buffer.of(0),
    'an empty map': () => Buffer.of(0xa0),
    'a list': () => Buffer.of(0x80),
    'four thousand lists in lists': () => nested(4000),
    'eleven thousand lists in lists': () => nested(11_000),
    'a map that claims four billion members': () => Buffer.of(0xba, 0xff, 0xff, 0xff, 0xff),
    'bytes that claim to be 2^53': () => Buffer.of(0x5b, 0, 0x20, 0, 0, 0, 0, 0, 0),
    'authData that are a text': () => Buffer.from('a1686175746844617461617861', 'hex'),
    'random bytes': () => randomBytes(300),
  }
  for (const [name, attestation] of Object.entries(objects))
    await world.refusesCreation(t, await make({ attestation }), name)
  const parts: Readonly<Record<string, (bytes: Buffer) => Buffer>> = {
    'a byte behind the key': bytes => Buffer.concat([bytes, Buffer.of(0)]),
    'a credential id that is longer than the data': bytes => {
      const changed = Buffer.from(bytes)
      changed.writeUInt16BE(65_535, 53)
      return changed
    },
    'no key': bytes => bytes.subarray(0, 55 + 32),
    'thirty-six bytes': bytes => bytes.subarray(0, 36),
  }
  for (const [name, authenticatorData] of Object.entries(parts))
    await world.refusesCreation(t, await make({ authenticatorData }), name)
  const texts: Readonly<Record<string, (text: string) => string>> = {
    'a byte order mark': text => `\ufeff${text}`,
    'a last origin that is wrong': text => `${text.slice(0, -1)},"origin":"https://evil.example"}`,
    'a last challenge that is wrong': text => `${text.slice(0, -1)},"challenge":"AAAA"}`,
    null: () => 'null',
  }
  for (const [name, clientData] of Object.entries(texts))
    await world.refusesCreation(t, await make({ clientData }), name)
})

t.test('the attestation is not looked at, so its certificates lead to no request of the server', async t => {
  const { world, make } = await handMade(t)
  const requested = t.capture(globalThis, 'fetch', globalThis.fetch)
  const credential = await make({
    attestation: bytes => {
      const text = bytes.toString('latin1').replace('dnone', 'fpacked')
      return Buffer.from(text, 'latin1')
    },
  })
  t.equal((await added(world, credential)).statusCode, 201)
  t.strictSame(requested(), [])
})
