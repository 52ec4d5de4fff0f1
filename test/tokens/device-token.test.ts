import { createHash, createHmac, randomUUID } from 'node:crypto'
import t from 'tap'
import type { PasswordHash } from '../../lib/composition/storage.js'
import { createDeviceTokens } from '../../lib/tokens/device-token.js'
import { createKeyring } from '../../lib/tokens/keyring.js'
import { createRefreshTokens } from '../../lib/tokens/refresh-token.js'
import { secret } from '../support/secret.js'

const keyring = createKeyring([secret])
const hashing = 'bcrypt:12 null'
const tokens = createDeviceTokens({ keyring, hashing })
const passwordHash = '$bcrypt-sha256$v=2,t=2b,r=12$salt$digest' as PasswordHash
const otherHash = '$bcrypt-sha256$v=2,t=2b,r=12$salt$tsegid' as PasswordHash
const content = { userId: randomUUID(), deviceId: randomUUID(), issuedAt: Date.UTC(2026, 0, 1) }

t.test('a device token says what it was made of', async t => {
  t.hasStrict(tokens.read(tokens.issue(content, passwordHash)), content)
})

t.test('a device token that differs in one character is none', async t => {
  const token = tokens.issue(content, passwordHash)
  for (let index = 0; index < token.length; index++) {
    const other = token[index] === 'A' ? 'B' : 'A'
    t.equal(tokens.read(token.slice(0, index) + other + token.slice(index + 1)), null, String(index))
  }
})

t.test('the bits that base64url leaves unused make no other token', async t => {
  const token = tokens.issue(content, passwordHash)
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  const last = alphabet.indexOf(token.slice(-1))
  for (const unused of [1, 2, 3]) {
    const other = `${token.slice(0, -1)}${alphabet[last ^ unused]}`
    t.same(Buffer.from(other, 'base64url'), Buffer.from(token, 'base64url'))
    t.equal(tokens.read(other), null, other)
  }
})

/** A token of this version, made exactly as its description says. */
function handMade(version: number): string {
  const { id, deviceTokenKey } = keyring.newest
  const time = content.issuedAt.toString(16).padStart(12, '0')
  const ids = [content.userId, content.deviceId].map(text => text.replaceAll('-', ''))
  const mark = (text: string, bytes: number) =>
    createHmac('sha256', deviceTokenKey)
      .update(text)
      .digest('hex')
      .slice(0, bytes * 2)
  const marks = [mark(`hashing ${hashing}`, 6), mark(`password ${passwordHash}`, 12)]
  const said = [Buffer.of(version), Buffer.from(id, 'base64url'), Buffer.from([...ids, time, ...marks].join(''), 'hex')]
  const mac = createHmac('sha256', deviceTokenKey).update(Buffer.concat(said)).digest()
  return Buffer.concat([...said, mac]).toString('base64url')
}

t.test('a device token is written as it is described, and one of another version is none', async t => {
  t.equal(tokens.issue(content, passwordHash), handMade(1))
  t.hasStrict(tokens.read(handMade(1)), content)
  for (const version of [0, 2]) t.equal(tokens.read(handMade(version)), null, String(version))
})

t.test('no prefix of a device token is one, nor is more than it', async t => {
  const token = tokens.issue(content, passwordHash)
  for (const text of ['', token.slice(0, -1), `${token}A`, ` ${token}`, `${token.slice(0, -1)}=`])
    t.equal(tokens.read(text), null, text)
})

t.test('a device token of an older secret is read, one of an unknown secret is not', async t => {
  const token = tokens.issue(content, passwordHash)
  const newest = 'the newest of the secrets, which is long'
  t.hasStrict(createDeviceTokens({ keyring: createKeyring([newest, secret]), hashing }).read(token), content)
  t.equal(createDeviceTokens({ keyring: createKeyring([newest]), hashing }).read(token), null)
})

t.test('a device token is of the password that it was issued for, by whichever of the secrets', async t => {
  const newest = 'the newest of the secrets, which is long'
  const rotated = createDeviceTokens({ keyring: createKeyring([newest, secret]), hashing })
  const older = tokens.issue(content, passwordHash)
  for (const token of [tokens.read(older), rotated.read(older), rotated.read(rotated.issue(content, passwordHash))]) {
    t.equal(token?.standing(passwordHash), 'current')
    t.equal(token?.standing(otherHash), 'over')
    t.equal(token?.standing(null), 'over')
  }
})

t.test('another hash is perhaps one of the same password if new hashes are made in another way by now', async t => {
  const token = tokens.issue(content, passwordHash)
  for (const changed of ['bcrypt:13 null', 'bcrypt:12 pepperid']) {
    const later = createDeviceTokens({ keyring, hashing: changed }).read(token)
    t.equal(later?.standing(passwordHash), 'current', changed)
    t.equal(later?.standing(otherHash), 'perhaps', changed)
  }
})

t.test('a device token holds nothing that reveals the hash without the secrets', async t => {
  const token = Buffer.from(tokens.issue(content, passwordHash), 'base64url')
  const digest = createHash('sha256').update(`password ${passwordHash}`).digest().subarray(0, 12)
  t.notOk(token.includes(digest))
  t.notOk(token.includes(createHash('sha256').update(passwordHash).digest().subarray(0, 12)))
})

t.test('a refresh token is no device token, and the other way round', async t => {
  const refreshTokens = createRefreshTokens(keyring)
  t.equal(tokens.read(refreshTokens.issue({ sessionId: randomUUID(), generation: 0 })), null)
  t.equal(refreshTokens.read(tokens.issue(content, passwordHash)), null)
})
