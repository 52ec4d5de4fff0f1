import { Ajv } from 'ajv'
import t from 'tap'
import { createSoftwareAuthenticator } from '../../lib/testing/index.js'
import { AuthenticationCredential, RegistrationCredential } from '../../schemas/passkeys/index.js'
import {
  base64Url,
  creationOptions,
  origin,
  registered,
  requestOptions,
  rpId,
  verifyRegistration,
  verifyUse,
} from './fixtures/relying-party.js'

t.test('a server accepts a passkey that the authenticator creates, and each use of it', async t => {
  const authenticator = createSoftwareAuthenticator()
  const creation = creationOptions()
  const created = authenticator.create(creation, { origin })
  const { verified, registrationInfo } = await verifyRegistration(created, creation)
  t.equal(verified, true)
  t.match(registrationInfo, {
    fmt: 'none',
    aaguid: '00000000-0000-0000-0000-000000000000',
    userVerified: true,
    credentialDeviceType: 'multiDevice',
    credentialBackedUp: true,
    origin,
    rpID: rpId,
    credential: { id: created.id, counter: 0, transports: ['internal', 'hybrid'] },
  })
  const credential = await registered(created, creation)
  for (const use of ['first', 'second']) {
    const request = requestOptions()
    const used = authenticator.get(request, { origin })
    const { verified, authenticationInfo } = await verifyUse(used, request, credential)
    t.equal(verified, true, use)
    t.match(authenticationInfo, {
      newCounter: 0,
      userVerified: true,
      credentialBackedUp: true,
      credentialID: created.id,
    })
    t.equal(used.response.userHandle, creation.user.id)
  }
})

t.test('the responses fit the schemas of the routes, and have the members of a browser', async t => {
  const ajv = new Ajv({ strict: false })
  const authenticator = createSoftwareAuthenticator()
  const created = authenticator.create(creationOptions(), { origin })
  const used = authenticator.get(requestOptions(), { origin })
  t.ok(ajv.validate(RegistrationCredential, created), ajv.errorsText())
  t.ok(ajv.validate(AuthenticationCredential, used), ajv.errorsText())
  for (const response of [created, used]) {
    const { id, rawId, response: _, ...rest } = response
    t.equal(id, rawId)
    t.strictSame(rest, { type: 'public-key', authenticatorAttachment: 'platform', clientExtensionResults: {} })
  }
})

t.test('the client data is that of a browser, byte for byte', async t => {
  const authenticator = createSoftwareAuthenticator()
  const { challenge, ...creation } = creationOptions({ challenge: 'Y2hhbGxlbmdl' })
  const { response } = authenticator.create({ ...creation, challenge }, { origin })
  t.equal(
    Buffer.from(response.clientDataJSON, 'base64url').toString(),
    `{"type":"webauthn.create","challenge":"Y2hhbGxlbmdl","origin":"${origin}","crossOrigin":false}`,
  )
})

t.test('a signature is of one passkey, and covers client data and authenticator data', async t => {
  const authenticator = createSoftwareAuthenticator()
  const creation = creationOptions()
  const credential = await registered(authenticator.create(creation, { origin }), creation)
  const request = requestOptions()
  const first = authenticator.get(request, { origin })
  const second = authenticator.get(request, { origin, overrides: { counter: 7, crossOrigin: true } })
  t.equal((await verifyUse(second, request, credential)).verified, true)
  for (const part of ['clientDataJSON', 'authenticatorData', 'signature'] as const) {
    const mixed = { ...first, response: { ...first.response, [part]: second.response[part] } }
    t.equal((await verifyUse(mixed, request, credential)).verified, false, part)
  }
  const other = createSoftwareAuthenticator()
  other.create(creation, { origin })
  t.equal((await verifyUse(other.get(request, { origin }), request, credential)).verified, false)
})

t.test('the counter of an authenticator that is not synced grows by one with each use of a passkey', async t => {
  const authenticator = createSoftwareAuthenticator({ isSynced: false, transports: ['usb'] })
  const creation = creationOptions()
  const created = authenticator.create(creation, { origin })
  t.equal(created.authenticatorAttachment, 'cross-platform')
  t.strictSame(created.response.transports, ['usb'])
  const { registrationInfo } = await verifyRegistration(created, creation)
  t.match(registrationInfo, { credentialDeviceType: 'singleDevice', credentialBackedUp: false })
  let credential = await registered(created, creation)
  authenticator.create(creationOptions(), { origin })
  for (const expected of [1, 2, 3]) {
    const request = requestOptions()
    const used = authenticator.get(request, { origin, credentialId: created.id })
    const { verified, authenticationInfo } = await verifyUse(used, request, credential)
    t.equal(verified, true)
    t.equal(authenticationInfo.newCounter, expected)
    credential = { ...credential, counter: authenticationInfo.newCounter }
  }
  const counters = authenticator.credentials.map(({ counter }) => counter)
  t.strictSame(counters, [3, 0])
})

t.test(
  'a copy has the keys and repeats the counter, which a server notices, and changes nothing of the original',
  async t => {
    const original = createSoftwareAuthenticator({ isSynced: false })
    const creation = creationOptions()
    const credential = await registered(original.create(creation, { origin }), creation)
    const request = requestOptions()
    original.get(request, { origin })
    const copy = original.copy()
    t.strictSame(copy.credentials, original.credentials)
    const fromOriginal = await verifyUse(original.get(request, { origin }), request, credential)
    const fromCopy = copy.get(request, { origin })
    const { verified, authenticationInfo } = await verifyUse(fromCopy, request, credential)
    t.equal(verified, true)
    t.equal(authenticationInfo.newCounter, 2)
    t.equal(fromOriginal.authenticationInfo.newCounter, 2)
    await t.rejects(verifyUse(fromCopy, request, { ...credential, counter: 2 }), {
      message: 'Response counter value 2 was lower than expected 2',
    })
    copy.remove(credential.id)
    copy.create(creationOptions(), { origin })
    t.strictSame(original.credentials, [
      { credentialId: credential.id, rpId, userHandle: creation.user.id, counter: 2 },
    ])
  },
)

t.test('an authenticator that does not verify its user is refused', async t => {
  const authenticator = createSoftwareAuthenticator({ verifiesUser: false })
  const creation = creationOptions()
  const created = authenticator.create(creation, { origin })
  await t.rejects(verifyRegistration(created, creation), { message: /^User verification was required/ })
})

t.test('a passkey of the exclude list is not created a second time', async t => {
  const authenticator = createSoftwareAuthenticator()
  const { id } = authenticator.create(creationOptions(), { origin })
  const excluded = (id: string) => ({ type: 'public-key' as const, id, transports: [] })
  const again = creationOptions({ excludeCredentials: [excluded(base64Url()), excluded(id)] })
  t.throws(() => authenticator.create(again, { origin }), {
    name: 'InvalidStateError',
    message: 'The authenticator has a passkey that the options exclude',
  })
  t.equal(authenticator.credentials.length, 1)
  t.doesNotThrow(() => createSoftwareAuthenticator().create(again, { origin }))
})

t.test('options without ES256 are refused', async t => {
  const options = creationOptions({ pubKeyCredParams: [{ type: 'public-key', alg: -257 }] })
  t.throws(() => createSoftwareAuthenticator().create(options, { origin }), {
    name: 'NotSupportedError',
    message: /ES256/,
  })
})

t.test('a second passkey of a user replaces the first of the same RP ID only', async t => {
  const authenticator = createSoftwareAuthenticator()
  const { user } = creationOptions()
  const ids = [creationOptions({ user }), creationOptions({ user, rp: { id: 'other.example', name: 'Other' } })]
    .concat([creationOptions(), creationOptions({ user })])
    .map(options => authenticator.create(options, { origin }).id)
  t.strictSame(
    authenticator.credentials.map(({ credentialId }) => credentialId),
    ids.slice(1),
  )
})

t.test('the newest passkey of the RP ID is used, or the one that is named or allowed', async t => {
  const authenticator = createSoftwareAuthenticator()
  const [first = '', second = ''] = [1, 2].map(() => authenticator.create(creationOptions(), { origin }).id)
  const other = authenticator.create(creationOptions({ rp: { id: 'other.example', name: 'Other' } }), { origin }).id
  const request = requestOptions()
  t.equal(authenticator.get(request, { origin }).id, second)
  t.equal(authenticator.get(request, { origin, credentialId: first }).id, first)
  t.equal(authenticator.get({ ...request, allowCredentials: [] }, { origin }).id, second)
  t.equal(authenticator.get({ ...request, allowCredentials: [{ id: other }, { id: first }] }, { origin }).id, first)
  const refusal = {
    name: 'NotAllowedError',
    message: `The authenticator has no passkey for the RP ID "${rpId}", or not the requested one`,
  }
  t.throws(() => authenticator.get(request, { origin, credentialId: other }), refusal)
  t.throws(() => authenticator.get({ ...request, allowCredentials: [{ id: other }] }, { origin }), refusal)
  const onlyFirst = { ...request, allowCredentials: [{ id: first }] }
  t.throws(() => authenticator.get(onlyFirst, { origin, credentialId: second }), refusal)
  t.throws(() => authenticator.get(requestOptions({ rpId: 'unknown.example' }), { origin }), {
    name: 'NotAllowedError',
    message: /"unknown\.example"/,
  })
})

t.test('a removed passkey is used no more, and cannot be removed again', async t => {
  const authenticator = createSoftwareAuthenticator()
  const { id } = authenticator.create(creationOptions(), { origin })
  const kept = authenticator.create(creationOptions(), { origin })
  authenticator.remove(id)
  t.throws(() => authenticator.get(requestOptions(), { origin, credentialId: id }), { name: 'NotAllowedError' })
  t.equal(authenticator.get(requestOptions(), { origin }).id, kept.id)
  t.throws(() => authenticator.remove(id), { message: `The authenticator has no passkey "${id}"` })
})

t.test('the list of passkeys holds no private key', async t => {
  const authenticator = createSoftwareAuthenticator()
  const { user } = creationOptions()
  const { id } = authenticator.create(creationOptions({ user }), { origin })
  t.strictSame(authenticator.credentials, [{ credentialId: id, rpId, userHandle: user.id, counter: 0 }])
})
