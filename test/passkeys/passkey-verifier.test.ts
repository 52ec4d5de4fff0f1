import { createHash, sign } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import t, { type Test } from 'tap'
import { createPasskeyVerifier } from '../../lib/features/passkeys/passkey-verifier.js'
import { loadSimpleWebAuthn } from '../../lib/features/passkeys/simple-webauthn.js'
import { createSoftwareAuthenticator, type PasskeyOverrides } from '../../lib/testing/index.js'
import type { AuthenticationCredential, RegistrationCredential } from '../../schemas/passkeys/credential.js'
import { creationOptions, requestOptions } from '../testing/fixtures/relying-party.js'
import { attestationCertificates } from './fixtures/attestation-certificates.js'

const origin = 'https://app.example.com'
const rpId = 'example.com'
const verifier = createPasskeyVerifier({ rpId, origins: [origin, 'https://example.com'] })
const library = loadSimpleWebAuthn()
const toText = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url')
const toBytes = (text: string) => new Uint8Array(Buffer.from(text, 'base64url'))

/** A passkey that the verifier has accepted, and a use of it. */
async function usedPasskey({ isSynced = true, overrides = {} as PasskeyOverrides, page = origin } = {}) {
  const authenticator = createSoftwareAuthenticator({ isSynced })
  const creation = creationOptions()
  const created = authenticator.create(creation, { origin })
  const passkey = await verifier.verifyRegistration(created, creation.challenge)
  if (passkey === null) throw new Error('the registration is not valid')
  const request = requestOptions()
  const credential = authenticator.get(request, { origin: page, overrides })
  return { authenticator, passkey, credential, challenge: request.challenge, publicKey: passkey.publicKey }
}

t.test('a new passkey is what the authenticator says', async t => {
  for (const isSynced of [true, false]) {
    const creation = creationOptions()
    const created = createSoftwareAuthenticator({ isSynced }).create(creation, { origin, overrides: { counter: 7 } })
    t.match(await verifier.verifyRegistration(created, creation.challenge), {
      credentialId: created.id,
      publicKey: /^[\w-]{80,}$/,
      counter: 7,
      backedUp: isSynced,
    })
  }
})

t.test('a use is what the authenticator says, and its counter is not judged here', async t => {
  for (const counter of [0, 1, 4_294_967_295]) {
    const { credential, challenge, publicKey } = await usedPasskey({ isSynced: false, overrides: { counter } })
    t.strictSame(await verifier.verifyUse(credential, { challenge, publicKey }), { counter, backedUp: false })
  }
})

t.test('every origin of the list is accepted, and no other', async t => {
  for (const [page, isValid] of [
    ['https://example.com', true],
    ['https://app.example.com.evil.example', false],
    ['https://app.example.com:8443', false],
  ] as const) {
    const { credential, challenge, publicKey } = await usedPasskey({ page })
    t.equal((await verifier.verifyUse(credential, { challenge, publicKey })) !== null, isValid, page)
  }
})

t.test('a use for another challenge, or with another key, is none', async t => {
  const { credential, challenge, publicKey } = await usedPasskey()
  const other = await usedPasskey()
  t.equal(await verifier.verifyUse(credential, { challenge: other.challenge, publicKey }), null)
  t.equal(await verifier.verifyUse(credential, { challenge, publicKey: other.publicKey }), null)
  t.equal(await verifier.verifyUse(credential, { challenge, publicKey: verifier.decoyKey }), null)
  t.equal(await verifier.verifyUse(credential, { challenge, publicKey: 'AAAA' }), null)
  t.ok(await verifier.verifyUse(credential, { challenge, publicKey }))
})

t.test('a use without verification of the user is none', async t => {
  const { credential, challenge, publicKey } = await usedPasskey({ overrides: { flags: flags => flags & ~0x04 } })
  t.equal(await verifier.verifyUse(credential, { challenge, publicKey }), null)
})

t.test('the decoy key has the form of a key, and is another one in each process', async t => {
  t.not(createPasskeyVerifier({ rpId, origins: [origin] }).decoyKey, verifier.decoyKey)
  const { passkey } = await usedPasskey()
  t.equal(verifier.decoyKey.length, passkey.publicKey.length, 'verifying with it takes as long')
  t.strictSame(verifier.decoyKey.slice(0, 13), passkey.publicKey.slice(0, 13), 'it has the same header')
})

t.test('a response of which a part is missing or malformed is none, and does not throw', async t => {
  const creation = creationOptions()
  const created = createSoftwareAuthenticator().create(creation, { origin })
  for (const response of [{}, { ...created.response, attestationObject: 'oA' }, { attestationObject: '' }]) {
    const credential = { ...created, response } as RegistrationCredential
    t.equal(await verifier.verifyRegistration(credential, creation.challenge), null)
  }
  const { credential, challenge, publicKey } = await usedPasskey()
  const damaged = { ...credential, response: {} } as AuthenticationCredential
  t.equal(await verifier.verifyUse(damaged, { challenge, publicKey }), null)
})

/** A server for revocation lists that counts requests. */
async function countingServer(t: Test) {
  const requests: (string | undefined)[] = []
  const server = createServer(({ url }, response) => {
    requests.push(url)
    response.end()
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  t.teardown(() => server.close())
  const { port } = server.address() as AddressInfo
  return { requests, url: `http://127.0.0.1:${port}/revoked.crl` }
}

/** The same registration with an attestation of the manufacturer, as an authenticator sends it although none was requested. */
function attested(
  credential: RegistrationCredential,
  { leaf, attestationKey }: ReturnType<typeof attestationCertificates>,
) {
  const { attestationObject, clientDataJSON } = credential.response
  const authData = library.decodeAttestationObject(toBytes(attestationObject)).get('authData')
  const hash = createHash('sha256').update(toBytes(clientDataJSON)).digest()
  const statement = new Map<string, unknown>([
    ['alg', -7],
    ['sig', new Uint8Array(sign('sha256', Buffer.concat([authData, hash]), attestationKey))],
    ['x5c', [new Uint8Array(leaf)]],
  ])
  const packed = new Map<unknown, unknown>([
    ['fmt', 'packed'],
    ['attStmt', statement],
    ['authData', authData],
  ])
  return {
    ...credential,
    response: { ...credential.response, attestationObject: toText(library.isoCBOR.encode(packed)) },
  }
}

t.test('an attestation is ignored, and no address in its certificates is requested', async t => {
  const { requests, url } = await countingServer(t)
  const certificates = attestationCertificates(url)
  const { SettingsService } = library as unknown as {
    readonly SettingsService: { setRootCertificates(settings: object): void }
  }
  SettingsService.setRootCertificates({ identifier: 'packed', certificates: [certificates.rootPem] })
  t.teardown(() => SettingsService.setRootCertificates({ identifier: 'packed', certificates: [] }))
  const creation = creationOptions()
  const credential = attested(createSoftwareAuthenticator().create(creation, { origin }), certificates)
  const passkey = await verifier.verifyRegistration(credential, creation.challenge)
  t.equal(passkey?.credentialId, credential.id)
  t.strictSame(requests, [])
  const expected = { expectedChallenge: creation.challenge, expectedOrigin: [origin], expectedRPID: rpId } as const
  const settings = { ...expected, requireUserVerification: true, supportedAlgorithmIDs: [-7] } as const
  const alone = await library.verifyRegistrationResponse({ ...settings, response: credential })
  t.equal(alone.registrationInfo?.credential.id, credential.id)
  t.strictSame(requests, ['/revoked.crl'], 'the library alone requests it')
})

t.test('an attestation that is wrong is ignored as well', async t => {
  const creation = creationOptions()
  const created = createSoftwareAuthenticator().create(creation, { origin })
  const authData = library.decodeAttestationObject(toBytes(created.response.attestationObject)).get('authData')
  for (const [fmt, statement] of [
    ['packed', new Map()],
    ['tpm', new Map<unknown, unknown>([['ver', '2.0']])],
    ['unknown', new Map()],
    ['none', new Map<unknown, unknown>([['sig', new Uint8Array(4)]])],
  ] as const) {
    const content = new Map<unknown, unknown>([
      ['fmt', fmt],
      ['attStmt', statement],
      ['authData', authData],
    ])
    const response = { ...created.response, attestationObject: toText(library.isoCBOR.encode(content)) }
    t.ok(await verifier.verifyRegistration({ ...created, response }, creation.challenge), fmt)
  }
})
