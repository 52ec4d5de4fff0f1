import { createHash, randomUUID } from 'node:crypto'
import t from 'tap'
import { createCodeRequests } from '../../lib/tokens/code-request-token.js'
import { createDeviceTokens } from '../../lib/tokens/device-token.js'
import { createKeyring } from '../../lib/tokens/keyring.js'
import { createRefreshTokens } from '../../lib/tokens/refresh-token.js'
import { newSignInCode } from '../../lib/tokens/sign-in-code.js'
import { createSignInTokens } from '../../lib/tokens/sign-in-token.js'
import { otherSecret, secret } from '../support/secret.js'

const now = Date.UTC(2026, 0, 1)
const keyring = createKeyring([secret])
const requests = createCodeRequests({ keyring })
const asked = { transport: 'token', expiresAt: now + 600_000 } as const
const { token, codeId } = requests.create(asked)
const code = newSignInCode()

t.test('a token says what it was made of', async t => {
  for (const transport of ['cookie', 'token'] as const) {
    const request = requests.create({ ...asked, transport })
    const read = requests.read(request.token, now)
    t.hasStrict(read, { codeId: request.codeId, transport, expiresAt: asked.expiresAt })
    t.equal(read?.hashOf(code), request.hashOf(code))
  }
})

t.test('each request has an id and a secret of its own', async t => {
  const made = Array.from({ length: 50 }, () => requests.create(asked))
  t.equal(new Set(made.map(request => request.codeId)).size, 50)
  t.equal(new Set(made.map(request => request.hashOf(code))).size, 50, 'the same code, with 50 hashes')
  t.match(codeId, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
})

t.test('the hash is that of the secret and the code, and of no other code', async t => {
  const request = requests.create(asked)
  const clientSecret = Buffer.from(request.token, 'base64url').subarray(23, 39)
  const hash = createHash('sha256').update(clientSecret).update(code).digest('base64url')
  t.equal(request.hashOf(code), hash)
  t.not(request.hashOf(newSignInCode()), hash)
  t.not(createHash('sha256').update(code).digest('base64url'), hash)
})

t.test('a token ends at its time', async t => {
  t.ok(requests.read(token, asked.expiresAt - 1))
  t.equal(requests.read(token, asked.expiresAt), null)
})

t.test('a token that differs in one character, or in one bit, is none', async t => {
  for (let index = 0; index < token.length; index++) {
    const other = token[index] === 'A' ? 'B' : 'A'
    t.equal(requests.read(token.slice(0, index) + other + token.slice(index + 1), now), null, String(index))
  }
  const bytes = Buffer.from(token, 'base64url')
  for (const index of bytes.keys()) {
    const flipped = Buffer.from(bytes)
    flipped.writeUInt8(flipped.readUInt8(index) ^ (1 << (index % 8)), index)
    t.equal(requests.read(flipped.toString('base64url'), now), null, String(index))
  }
})

t.test('a text of any other length is no token', async t => {
  for (const text of ['', 'x', token.slice(1), token.slice(0, -1), `${token}A`, 'A'.repeat(token.length)])
    t.equal(requests.read(text, now), null, text)
})

t.test('a token outlives a rotation of secrets, and not the removal of its own', async t => {
  const rotated = createCodeRequests({ keyring: createKeyring([otherSecret, secret]) })
  t.equal(rotated.read(token, now)?.hashOf(code), requests.read(token, now)?.hashOf(code))
  t.equal(createCodeRequests({ keyring: createKeyring([otherSecret]) }).read(token, now), null)
})

t.test('the tokens of other kinds are none, and the reverse', async t => {
  const refreshTokens = createRefreshTokens(keyring)
  const deviceTokens = createDeviceTokens({ keyring, hashing: 'any' })
  const signInTokens = createSignInTokens({ keyring })
  const userId = randomUUID()
  const pending = { userId, methods: ['email'], transport: 'token', expiresAt: now + 1 } as const
  for (const other of [
    refreshTokens.issue({ sessionId: randomUUID(), generation: 0 }),
    deviceTokens.issue({ userId, deviceId: randomUUID(), issuedAt: now }, null),
    signInTokens.issue(pending, 'email code'),
  ])
    t.equal(requests.read(other, now), null)
  t.equal(refreshTokens.read(token), null)
  t.equal(deviceTokens.read(token), null)
  t.equal(signInTokens.read(token, now), null)
})

t.test('a token is short enough for a cookie and for its field', async t => {
  t.ok(token.length <= 512, String(token.length))
})
