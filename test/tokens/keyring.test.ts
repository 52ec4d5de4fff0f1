import { createHmac, hkdfSync } from 'node:crypto'
import t from 'tap'
import { createKeyring } from '../../lib/tokens/keyring.js'
import { otherSecret, secret } from '../support/secret.js'

const third = 'Hh5Gg6Ff7Dd8Ss9Aa0Qq1Ww2Ee3Rr4Tt'

/** RFC 5869 exactly, for up to 32 bytes: extract with a salt of zeros, expand by one block. */
function hkdf(material: string, purpose: string, bytes: number): Buffer {
  const pseudorandomKey = createHmac('sha256', Buffer.alloc(32)).update(material).digest()
  return createHmac('sha256', pseudorandomKey).update(`${purpose}\u0001`).digest().subarray(0, bytes)
}

t.test('a key and its id are HKDF-SHA-256 of the secret, so that every process has the same', async t => {
  for (const text of [secret, otherSecret, 'ein Geheimnis, länger als ein Block von 64 Bytes: 0123456789 äöü €']) {
    const { newest } = createKeyring([text])
    t.equal(newest.id, hkdf(text, 'fast-auth key id', 6).toString('base64url'))
    t.same(newest.refreshTokenKey, hkdf(text, 'fast-auth refresh token', 32))
    t.same(newest.deviceTokenKey, hkdf(text, 'fast-auth device token', 32))
    t.same(newest.sealingKey, hkdf(text, 'fast-auth sealing', 32))
    t.same(newest.refreshTokenKey, Buffer.from(hkdfSync('sha256', text, '', 'fast-auth refresh token', 32)))
    t.equal(newest.secret, text)
  }
})

t.test('a key and its id are the same in every release, or an update would invalidate every token', async t => {
  const { newest } = createKeyring([secret])
  t.equal(newest.id, 'HCKD9UMd')
  t.equal(newest.refreshTokenKey.toString('hex'), '5b66a9bddc442e86db4d4f3f44fd110cd067fe1392d423fb1bf9721932c571ee')
})

t.test('no key is another key: not the HS256 key, not the id, not that of another secret', async t => {
  const { byId } = createKeyring([secret, otherSecret])
  const texts = [...byId.values()].flatMap(({ id, secret, refreshTokenKey, deviceTokenKey, sealingKey }) => [
    Buffer.from(secret).toString('hex'),
    refreshTokenKey.toString('hex'),
    deviceTokenKey.toString('hex'),
    sealingKey.toString('hex'),
    Buffer.from(id, 'base64url').toString('hex'),
  ])
  for (const [index, text] of texts.entries()) {
    const others = texts.filter((_, other) => other !== index)
    t.notOk(
      others.some(other => other.includes(text)),
      `number ${index} stands in no other`,
    )
  }
})

t.test('the first secret is the newest, and each one is found by its id, in any order', async t => {
  const ring = createKeyring([secret, otherSecret, third])
  const turned = createKeyring([third, secret, otherSecret])
  t.equal(ring.newest.secret, secret)
  t.equal(turned.newest.secret, third)
  t.same([...ring.byId.keys()].toSorted(), [...turned.byId.keys()].toSorted())
  for (const [id, key] of ring.byId) t.equal(turned.byId.get(id)?.secret, key.secret)
})

t.test('the ring goes through its keys newest first', async t => {
  const secrets = [...createKeyring([third, otherSecret, secret]).byId.values()].map(key => key.secret)
  t.same(secrets, [third, otherSecret, secret])
})
