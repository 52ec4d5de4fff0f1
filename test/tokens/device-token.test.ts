import { createHmac, randomUUID } from 'node:crypto'
import t from 'tap'
import { createDeviceTokens } from '../../lib/tokens/device-token.js'
import { createKeyring } from '../../lib/tokens/keyring.js'
import { createRefreshTokens } from '../../lib/tokens/refresh-token.js'
import { secret } from '../support/secret.js'

const keyring = createKeyring([secret])
const tokens = createDeviceTokens(keyring)
const content = { userId: randomUUID(), deviceId: randomUUID(), issuedAt: Date.UTC(2026, 0, 1) }

t.test('a device token says what it was made of', async t => {
  t.same(tokens.read(tokens.issue(content)), content)
})

t.test('a device token that differs in one character is none', async t => {
  const token = tokens.issue(content)
  for (let index = 0; index < token.length; index++) {
    const other = token[index] === 'A' ? 'B' : 'A'
    t.equal(tokens.read(token.slice(0, index) + other + token.slice(index + 1)), null, String(index))
  }
})

t.test('the bits that base64url leaves unused make no other token', async t => {
  const token = tokens.issue(content)
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  const last = alphabet.indexOf(token.slice(-1))
  for (const unused of [1, 2, 3]) {
    const other = `${token.slice(0, -1)}${alphabet[last ^ unused]}`
    t.same(Buffer.from(other, 'base64url'), Buffer.from(token, 'base64url'))
    t.equal(tokens.read(other), null, other)
  }
})

/** A token of this version, made by the letter of its description. */
function handMade(version: number): string {
  const { id, deviceTokenKey } = keyring.newest
  const time = content.issuedAt.toString(16).padStart(12, '0')
  const ids = [content.userId, content.deviceId].map(text => text.replaceAll('-', ''))
  const said = [Buffer.of(version), Buffer.from(id, 'base64url'), Buffer.from([...ids, time].join(''), 'hex')]
  const mac = createHmac('sha256', deviceTokenKey).update(Buffer.concat(said)).digest()
  return Buffer.concat([...said, mac]).toString('base64url')
}

t.test('a device token is written as it is described, and one of another version is none', async t => {
  t.equal(tokens.issue(content), handMade(1))
  t.same(tokens.read(handMade(1)), content)
  for (const version of [0, 2]) t.equal(tokens.read(handMade(version)), null, String(version))
})

t.test('no prefix of a device token is one, nor is more than it', async t => {
  const token = tokens.issue(content)
  for (const text of ['', token.slice(0, -1), `${token}A`, ` ${token}`, `${token.slice(0, -1)}=`])
    t.equal(tokens.read(text), null, text)
})

t.test('a device token of an older secret is read, one of an unknown secret is not', async t => {
  const token = tokens.issue(content)
  const newest = 'the newest of the secrets, which is long'
  t.same(createDeviceTokens(createKeyring([newest, secret])).read(token), content)
  t.equal(createDeviceTokens(createKeyring([newest])).read(token), null)
})

t.test('a refresh token is no device token, and the other way round', async t => {
  const refreshTokens = createRefreshTokens(keyring)
  t.equal(tokens.read(refreshTokens.issue({ sessionId: randomUUID(), generation: 0 })), null)
  t.equal(refreshTokens.read(tokens.issue(content)), null)
})
