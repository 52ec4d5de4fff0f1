import { randomUUID } from 'node:crypto'
import t from 'tap'
import type { PasswordHash } from '../../lib/composition/storage.js'
import { createDeviceTokens } from '../../lib/tokens/device-token.js'
import { createKeyring } from '../../lib/tokens/keyring.js'
import { createRefreshTokens } from '../../lib/tokens/refresh-token.js'
import { createSignInTokens } from '../../lib/tokens/sign-in-token.js'
import { otherSecret, secret } from '../support/secret.js'

const now = Date.UTC(2026, 0, 1)
const keyring = createKeyring([secret])
const tokens = createSignInTokens({ keyring })
const passwordHash = '$2b$10$one' as PasswordHash
const otherHash = '$2b$10$other' as PasswordHash
const pending = { userId: randomUUID(), methods: ['password'], transport: 'token', expiresAt: now + 1 } as const
const token = tokens.issue(pending, passwordHash)

t.test('a sign-in token says what it was made of', async t => {
  for (const transport of ['cookie', 'token'] as const) {
    const sent = { ...pending, methods: ['password', 'provider'], transport } as const
    t.hasStrict(tokens.read(tokens.issue(sent, passwordHash), now), sent)
  }
})

t.test('a sign-in token that differs in one character is none', async t => {
  for (let index = 0; index < token.length; index++) {
    const other = token[index] === 'A' ? 'B' : 'A'
    t.equal(tokens.read(token.slice(0, index) + other + token.slice(index + 1), now), null, String(index))
  }
})

t.test('a sign-in token of which a bit is flipped, in any byte, is none', async t => {
  const bytes = Buffer.from(token, 'base64url')
  for (const index of bytes.keys()) {
    const flipped = Buffer.from(bytes)
    flipped.writeUInt8(flipped.readUInt8(index) ^ (1 << (index % 8)), index)
    t.equal(tokens.read(flipped.toString('base64url'), now), null, String(index))
  }
})

t.test('a text of any other length is no sign-in token', async t => {
  for (const text of ['', 'x', token.slice(1), token.slice(0, -1), `${token}A`, 'A'.repeat(token.length)])
    t.equal(tokens.read(text, now), null, text)
})

t.test('a sign-in token ends at its time', async t => {
  t.ok(tokens.read(token, pending.expiresAt - 1))
  t.equal(tokens.read(token, pending.expiresAt), null)
})

t.test('a sign-in token belongs to one first factor', async t => {
  const read = tokens.read(token, now)
  t.equal(read?.refersTo(passwordHash), true)
  t.equal(read?.refersTo(otherHash), false)
})

t.test('a sign-in token outlives a rotation of secrets, and not the removal of its own', async t => {
  const rotated = createSignInTokens({ keyring: createKeyring([otherSecret, secret]) })
  const read = rotated.read(token, now)
  t.hasStrict(read, pending)
  t.strictSame([read?.refersTo(passwordHash), read?.refersTo(otherHash)], [true, false])
  t.equal(createSignInTokens({ keyring: createKeyring([otherSecret]) }).read(token, now), null)
})

t.test('the tokens of other kinds are no sign-in tokens, and the reverse', async t => {
  const refreshTokens = createRefreshTokens(keyring)
  const deviceTokens = createDeviceTokens({ keyring, hashing: 'any' })
  const refreshToken = refreshTokens.issue({ sessionId: randomUUID(), generation: 0 })
  const device = { userId: pending.userId, deviceId: randomUUID(), issuedAt: now }
  t.equal(tokens.read(refreshToken, now), null)
  t.equal(tokens.read(deviceTokens.issue(device, passwordHash), now), null)
  t.equal(refreshTokens.read(token), null)
  t.equal(deviceTokens.read(token), null)
})

t.test('a sign-in token does not contain the hash, and is short enough for a cookie', async t => {
  const bytes = Buffer.from(token, 'base64url')
  t.notOk(bytes.includes(passwordHash))
  t.ok(token.length < 512, String(token.length))
})
