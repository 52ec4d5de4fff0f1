import t from 'tap'
import { createSoftwareAuthenticator, type PasskeyOverrides } from '../../lib/testing/index.js'
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

interface Refusal {
  readonly spoilt: string
  readonly overrides: PasskeyOverrides
  /** The reason of `@simplewebauthn/server`. */
  readonly reason: RegExp
}

const clearing = (flag: number) => (flags: number) => flags & ~flag

const userPresent = 0x01
const userVerified = 0x04
const backupEligible = 0x08
const attestedCredential = 0x40

const attacker = 'https://attacker.example'

const refusedRegistrations: readonly Refusal[] = [
  {
    spoilt: 'the type of a use',
    overrides: { type: 'webauthn.get' },
    reason: /^Unexpected registration response type: webauthn\.get$/,
  },
  {
    spoilt: 'another challenge',
    overrides: { challenge: 'b3RoZXI' },
    reason: /^Unexpected registration response challenge "b3RoZXI"/,
  },
  { spoilt: 'another RP ID', overrides: { rpId: 'attacker.example' }, reason: /^Unexpected RP ID hash$/ },
  {
    spoilt: 'an absent user',
    overrides: { flags: clearing(userPresent) },
    reason: /^User presence was required/,
  },
  {
    spoilt: 'an unverified user',
    overrides: { flags: clearing(userVerified) },
    reason: /^User verification was required/,
  },
  {
    spoilt: 'a backup of a passkey that has none',
    overrides: { flags: clearing(backupEligible) },
    reason: /^Single-device credential indicated that it was backed up/,
  },
  {
    spoilt: 'flags that deny its key',
    overrides: { flags: userPresent | userVerified },
    reason: /^Leftover bytes/,
  },
]

const refusedUses: readonly Refusal[] = [
  {
    spoilt: 'the type of a registration',
    overrides: { type: 'webauthn.create' },
    reason: /^Unexpected authentication response type: webauthn\.create$/,
  },
  {
    spoilt: 'another challenge',
    overrides: { challenge: 'b3RoZXI' },
    reason: /^Unexpected authentication response challenge "b3RoZXI"/,
  },
  {
    spoilt: 'a page around no frame',
    overrides: { topOrigin: attacker },
    reason: /^Unexpected top origin of "https:\/\/attacker\.example"/,
  },
  {
    spoilt: 'a frame in a page of another site',
    overrides: { crossOrigin: true, topOrigin: attacker },
    reason: /^Detected cross-origin authentication response from top origin of "https:\/\/attacker\.example"/,
  },
  { spoilt: 'another RP ID', overrides: { rpId: 'attacker.example' }, reason: /^Unexpected RP ID hash$/ },
  { spoilt: 'an absent user', overrides: { flags: 0 }, reason: /^User not present/ },
  {
    spoilt: 'an unverified user',
    overrides: { flags: clearing(userVerified) },
    reason: /^User verification required/,
  },
  {
    spoilt: 'a backup of a passkey that has none',
    overrides: { flags: clearing(backupEligible) },
    reason: /^Single-device credential indicated that it was backed up/,
  },
  {
    spoilt: 'a counter that fell',
    overrides: { counter: 4 },
    reason: /^Response counter value 4 was lower than expected 5$/,
  },
]

for (const { spoilt, overrides, reason } of refusedRegistrations)
  t.test(`a registration with ${spoilt} is refused, for this reason`, async t => {
    const options = creationOptions()
    const created = createSoftwareAuthenticator().create(options, { origin, overrides })
    await t.rejects(verifyRegistration(created, options), { message: reason })
  })

for (const { spoilt, overrides, reason } of refusedUses)
  t.test(`a use with ${spoilt} is refused, for this reason`, async t => {
    const authenticator = createSoftwareAuthenticator()
    const options = creationOptions()
    const credential = await registered(authenticator.create(options, { origin }), options)
    const request = requestOptions()
    const used = authenticator.get(request, { origin, overrides })
    const counter = overrides.counter === undefined ? 0 : 5
    await t.rejects(verifyUse(used, request, { ...credential, counter }), { message: reason })
  })

t.test('a response of another origin is refused', async t => {
  const authenticator = createSoftwareAuthenticator()
  const options = creationOptions()
  const elsewhere = authenticator.create(options, { origin: attacker })
  await t.rejects(verifyRegistration(elsewhere, options), { message: /^Unexpected registration response origin/ })
  const credential = await registered(authenticator.create(options, { origin }), options)
  const request = requestOptions()
  const used = authenticator.get(request, { origin: attacker })
  await t.rejects(verifyUse(used, request, credential), { message: /^Unexpected authentication response origin/ })
})

t.test('the client data has the frame and the page around it, in both ceremonies', async t => {
  const authenticator = createSoftwareAuthenticator()
  const overrides = { crossOrigin: true, topOrigin: 'https://page.example' }
  const created = authenticator.create(creationOptions(), { origin, overrides })
  const used = authenticator.get(requestOptions(), { origin, overrides })
  for (const { response } of [created, used])
    t.match(JSON.parse(Buffer.from(response.clientDataJSON, 'base64url').toString()), overrides)
})

t.test('a new passkey has the counter of the override', async t => {
  const options = creationOptions()
  const created = createSoftwareAuthenticator().create(options, { origin, overrides: { counter: 4_294_967_295 } })
  t.equal((await registered(created, options)).counter, 4_294_967_295)
})

t.test('a counter of more than 32 bits is refused, and the authenticator remains as it was', async t => {
  const authenticator = createSoftwareAuthenticator({ isSynced: false })
  const overrides = { counter: 2 ** 32 }
  t.throws(() => authenticator.create(creationOptions(), { origin, overrides }), RangeError)
  t.strictSame(authenticator.credentials, [])
  authenticator.create(creationOptions(), { origin })
  t.throws(() => authenticator.get(requestOptions(), { origin, overrides }), RangeError)
  t.equal(authenticator.credentials[0]?.counter, 0)
})

t.test('a function of the flags gets those that the authenticator would send', async t => {
  const seen: number[] = []
  const overrides = { flags: (flags: number) => seen.push(flags) }
  const synced = createSoftwareAuthenticator()
  synced.create(creationOptions(), { origin, overrides })
  synced.get(requestOptions(), { origin, overrides })
  const bound = createSoftwareAuthenticator({ isSynced: false, verifiesUser: false })
  bound.create(creationOptions(), { origin, overrides })
  bound.get(requestOptions(), { origin, overrides })
  const backedUp = 0x10
  const ofSynced = userPresent | userVerified | backupEligible | backedUp
  t.strictSame(seen, [ofSynced | attestedCredential, ofSynced, userPresent | attestedCredential, userPresent])
})

t.test('the user handle of a response is the one of the override, or absent with null', async t => {
  const authenticator = createSoftwareAuthenticator()
  authenticator.create(creationOptions(), { origin })
  const other = base64Url()
  const foreign = authenticator.get(requestOptions(), { origin, overrides: { userHandle: other } })
  t.equal(foreign.response.userHandle, other)
  const without = authenticator.get(requestOptions(), { origin, overrides: { userHandle: null } })
  t.notOk('userHandle' in without.response)
})

t.test('an override changes one response, and neither the passkey nor its counter', async t => {
  const authenticator = createSoftwareAuthenticator({ isSynced: false })
  const options = creationOptions()
  const overrides = { rpId: 'attacker.example', counter: 100 }
  const { id } = authenticator.create(options, { origin, overrides })
  const userHandle = options.user.id
  t.strictSame(authenticator.credentials, [{ credentialId: id, rpId, userHandle, counter: 0 }])
  authenticator.get(requestOptions(), { origin, overrides: { ...overrides, userHandle: base64Url() } })
  t.strictSame(authenticator.credentials, [{ credentialId: id, rpId, userHandle, counter: 1 }])
})
