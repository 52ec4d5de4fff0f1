import { generateKeyPairSync, randomBytes } from 'node:crypto'
import t from 'tap'
import { createSoftwareAuthenticator, type PasskeyOverrides } from '../../lib/testing/index.js'
import type { AuthenticationCredential } from '../../schemas/passkeys/credential.js'
import { ada } from '../support/account.js'
import { handMadeOwner } from './fixtures/hand-made-owner.js'
import { handMadeUse } from './fixtures/hand-made-passkey.js'
import { origin, passkeyWorld, rpId } from './fixtures/passkey-world.js'

const base64 = (text: string) => Buffer.from(text).toString('base64url')

/** Changes one bit of a text in base64url. */
function flipped(text: string, at: number): string {
  const bytes = Buffer.from(text, 'base64url')
  const index = at < 0 ? bytes.length + at : at
  bytes[index] = (bytes[index] ?? 0) ^ 1
  return bytes.toString('base64url')
}

const response = (change: Partial<AuthenticationCredential['response']>) => (credential: AuthenticationCredential) => ({
  ...credential,
  response: { ...credential.response, ...change },
})

t.test('a sign-in with a foreign origin is refused', async t => {
  const { use, refusesUse, signIn } = await passkeyWorld(t)
  for (const foreign of [
    'https://evil.example',
    'https://app.example.com.evil.example',
    'https://evil-app.example.com',
    'https://x.app.example.com',
    'https://example.com',
    `${origin}:8443`,
    `${origin}/`,
    `${origin}.`,
    origin.toUpperCase(),
    origin.replace('https', 'http'),
    `https://evil.example@app.example.com`,
    'null',
    '',
    `android:apk-key-hash:${randomBytes(32).toString('base64url')}`,
  ])
    await refusesUse(t, await use({ origin: foreign }), `origin ${foreign}`)
  t.equal((await signIn(await use())).statusCode, 200)
})

/** Parts that the authenticator signs. */
const signed: Readonly<Record<string, PasskeyOverrides>> = {
  'the RP ID of another site': { rpId: 'evil.example' },
  'the RP ID of a subdomain': { rpId: 'app.example.com' },
  'the RP ID of the parent domain': { rpId: 'com' },
  'no RP ID': { rpId: '' },
  'the type of a creation': { type: 'webauthn.create' },
  'the type of a payment': { type: 'payment.get' },
  'no type': { type: '' },
  'a user who is not verified (w3c/webauthn #1571)': { flags: flags => flags & ~0x04 },
  'a user who is not present': { flags: flags => flags & ~0x01 },
  'a user who is neither present nor verified': { flags: flags => flags & ~0x05 },
  'a backup that the passkey is not eligible for': { flags: flags => (flags & ~0x08) | 0x10 },
  'the flag of an attested credential without one': { flags: flags => flags | 0x40 },
  'the flag of extensions without any': { flags: flags => flags | 0x80 },
  'no flags': { flags: 0 },
  'a frame of another site': { crossOrigin: true },
  'a page of another site around it': { topOrigin: 'https://evil.example' },
  'a frame in a page of the own site': { crossOrigin: true, topOrigin: origin },
  'a page of the own site around it': { topOrigin: origin },
}

t.test('a sign-in with one part that is wrong is refused, even if the passkey has signed it', async t => {
  const { use, refusesUse, signIn } = await passkeyWorld(t)
  for (const [name, overrides] of Object.entries(signed)) await refusesUse(t, await use({ overrides }), name)
  t.equal((await signIn(await use())).statusCode, 200)
})

t.test('a sign-in with a user handle that is not that of the passkey is refused', async t => {
  const { use, refusesUse, ada: owner, ben } = await passkeyWorld(t)
  for (const [name, userHandle] of Object.entries({
    'no user handle': null,
    'the user handle of another user': ben.passkey.userHandle,
    'the address': base64(ada.email),
    'the id of the user': base64(owner.id),
    'an empty user handle': '',
    'more than the user handle': `${owner.passkey.userHandle}AA`,
    'the user handle in other characters': `${owner.passkey.userHandle}=`,
  }))
    await refusesUse(t, await use({ overrides: { userHandle } }), name)
  await refusesUse(t, response({ userHandle: null })(await use()), 'null')
  const other = (await use()).response.userHandle === owner.passkey.userHandle
  t.ok(other, 'the authenticator sends the right one')
})

t.test('a sign-in with another signature is refused', async t => {
  const { use, refusesUse, requestOptions, ada: owner, signIn } = await passkeyWorld(t)
  const { signature } = (await use()).response
  for (const at of [4, 20, -1]) {
    const credential = await use()
    const changed = response({ signature: flipped(credential.response.signature, at) })
    await refusesUse(t, changed(credential), `a bit changed in byte ${at}`)
  }
  await refusesUse(t, response({ signature })(await use()), 'the signature of another challenge')
  await refusesUse(t, response({ signature: 'AA' })(await use()), 'one byte')
  const cut = await use()
  await refusesUse(t, response({ signature: cut.response.signature.slice(0, -8) })(cut), 'a part of the signature')
  const keys = {
    'another key of P-256': generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey,
    'a key of P-384': generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey,
    'a key of Ed25519': generateKeyPairSync('ed25519').privateKey,
    'an RSA key': generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey,
  }
  const { credentialId, userHandle } = owner.passkey
  for (const [name, privateKey] of Object.entries(keys)) {
    const { challenge } = await requestOptions()
    const forged = handMadeUse({ challenge, rpId, origin, privateKey, credentialId, userHandle })
    await refusesUse(t, forged, `the signature of ${name}`)
  }
  t.equal((await signIn(await use())).statusCode, 200)
})

t.test('a sign-in with changed or appended bytes is refused', async t => {
  const { use, refusesUse } = await passkeyWorld(t)
  const appended = (text: string) => Buffer.concat([Buffer.from(text, 'base64url'), Buffer.of(0)]).toString('base64url')
  for (const part of ['authenticatorData', 'clientDataJSON'] as const) {
    for (const at of [0, 32, -1]) {
      const credential = await use()
      const changed = response({ [part]: flipped(credential.response[part], at) })
      await refusesUse(t, changed(credential), `a bit changed in byte ${at} of ${part}`)
    }
    const credential = await use()
    await refusesUse(t, response({ [part]: appended(credential.response[part]) })(credential), `a byte after ${part}`)
  }
  const credential = await use()
  const { authenticatorData } = credential.response
  const short = response({ authenticatorData: authenticatorData.slice(0, 40) })
  await refusesUse(t, short(credential), 'a part of the authenticator data')
})

t.test('another encoding of a signature is no second use: the challenge is spent, not the signature', async t => {
  const { use, signIn, refusesUse } = await passkeyWorld(t)
  const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n
  const credential = await use()
  const der = Buffer.from(credential.response.signature, 'base64url')
  const firstLength = der[3] ?? 0
  const second = BigInt(`0x${der.subarray(6 + firstLength).toString('hex')}`)
  const digits = (order - second).toString(16)
  const hex = digits.length % 2 === 0 ? digits : `0${digits}`
  const negated = Buffer.concat([/^[89a-f]/.test(hex) ? Buffer.of(0) : Buffer.of(), Buffer.from(hex, 'hex')])
  const head = der.subarray(2, 4 + firstLength)
  const content = Buffer.concat([head, Buffer.of(2, negated.length), negated])
  const malleated = Buffer.concat([Buffer.of(0x30, content.length), content]).toString('base64url')
  t.equal((await signIn(response({ signature: malleated })(credential))).statusCode, 200, 'the other s is as valid')
  await refusesUse(t, credential, 'the signature of the authenticator, after the other one')
  const trailing = Buffer.concat([der, Buffer.of(0)]).toString('base64url')
  await refusesUse(t, response({ signature: trailing })(credential), 'the same with a byte more')
})

t.test('a sign-in with another credential id is refused', async t => {
  const { use, refusesUse, ben, ada: owner } = await passkeyWorld(t)
  const renamed = async (id: string, rawId = id) => ({ ...(await use()), id, rawId })
  const { credentialId } = owner.passkey
  const unknown = randomBytes(32).toString('base64url')
  await refusesUse(t, await renamed(unknown), 'an unknown one')
  await refusesUse(t, await renamed(ben.passkey.credentialId), 'that of another user')
  await refusesUse(t, await renamed(credentialId, unknown), 'another rawId')
  await refusesUse(t, await renamed(unknown, credentialId), 'another id, and the right rawId')
  await refusesUse(t, await renamed(`${credentialId}AA`), 'a longer one')
  const last = credentialId.at(-1) ?? ''
  const alias = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  const twin = credentialId.slice(0, -1) + alias[alias.indexOf(last) + 1]
  t.same(Buffer.from(twin, 'base64url'), Buffer.from(credentialId, 'base64url'))
  await refusesUse(t, await renamed(twin), 'another text of the same bytes')
  await refusesUse(t, await renamed(owner.passkey.id), 'the id under which the owner sees it')
})

t.test('a sign-in with client data that are no plain JSON is refused', async t => {
  const { owner, world } = await handMadeOwner(t)
  const { refusesUse, requestOptions, signIn } = world
  const spoilt: Readonly<Record<string, (text: string) => string | Uint8Array>> = {
    'a byte order mark': text => `\ufeff${text}`,
    'a comment': text => `${text}//`,
    'two values': text => text + text,
    'a list': text => `[${text}]`,
    'a text': text => JSON.stringify(text),
    null: () => 'null',
    'an empty text': () => ' ',
    'a last member that is wrong': text => `${text.slice(0, -1)},"origin":"https://evil.example"}`,
    'a last type that is wrong': text => `${text.slice(0, -1)},"type":"webauthn.create"}`,
    'a last challenge that is wrong': text => `${text.slice(0, -1)},"challenge":"AAAA"}`,
    'a challenge that is no text': text => text.replace(/"challenge":"([^"]*)"/, '"challenge":["$1"]'),
    'an origin that is no text': text => text.replace(`"${origin}"`, `["${origin}"]`),
    'a topOrigin of null': text => `${text.slice(0, -1)},"topOrigin":null}`,
    'UTF-16': text => Buffer.from(text, 'utf16le'),
    'a challenge in a prototype': text =>
      text.replace('"challenge"', '"x"').replace('{', '{"__proto__":{"challenge":"A"},'),
  }
  for (const [name, clientData] of Object.entries(spoilt)) {
    const { challenge } = await requestOptions()
    await refusesUse(t, handMadeUse({ challenge, rpId, origin, ...owner, clientData }), name)
  }
  const { challenge } = await requestOptions()
  const added = handMadeUse({
    challenge,
    rpId,
    origin,
    ...owner,
    clientData: text => text.replace('{', '{"other_keys_can_be_added_here":"yes",'),
  })
  t.equal((await signIn(added)).statusCode, 200, 'members that browsers add are ignored')
})

t.test('a sign-in with signed bytes behind the authenticator data is refused', async t => {
  const { owner, world } = await handMadeOwner(t)
  const { challenge } = await world.requestOptions()
  const authenticatorData = (bytes: Buffer) => Buffer.concat([bytes, Buffer.of(0)])
  await world.refusesUse(t, handMadeUse({ challenge, rpId, origin, ...owner, authenticatorData }), 'a byte')
})

t.test('a refused use spends no challenge, so the owner may repeat it', async t => {
  const { signIn, requestOptions, ada: owner, refusesUse } = await passkeyWorld(t)
  const options = await requestOptions()
  const spoilt = owner.authenticator.get(options, { origin, overrides: { flags: 0 } })
  await refusesUse(t, spoilt, 'without flags')
  t.equal((await signIn(owner.authenticator.get(options, { origin }))).statusCode, 200)
})

t.test('a passkey of another server, with the same domain and the right challenge, is refused', async t => {
  const { requestOptions, refusesUse, ada: owner } = await passkeyWorld(t)
  const stranger = createSoftwareAuthenticator()
  const user = { id: owner.passkey.userHandle, name: 'x', displayName: 'x' }
  stranger.create(
    {
      rp: { id: rpId, name: 'x' },
      user,
      challenge: 'AAAA',
      pubKeyCredParams: [{ type: 'public-key', alg: -7 }],
      timeout: 1,
      excludeCredentials: [],
      authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification: 'required' },
      attestation: 'none',
    },
    { origin },
  )
  await refusesUse(t, stranger.get(await requestOptions(), { origin }), 'a passkey that was never added')
})
