import { createHash } from 'node:crypto'
import t from 'tap'
import { newOneTimeToken, oneTimeTokenHash } from '../../lib/tokens/one-time-token.js'

t.test('a token is 256 bits in base64url, and the storage knows it by their SHA-256 digest', async t => {
  const { token, hash } = newOneTimeToken()
  t.match(token, /^[\w-]{43}$/)
  t.equal(Buffer.from(token, 'base64url').length, 32)
  t.equal(hash, createHash('sha256').update(token).digest('base64url'))
  t.equal(oneTimeTokenHash(token), hash)
})

t.test('of a thousand tokens no two are alike', async t => {
  const tokens = Array.from({ length: 1000 }, () => newOneTimeToken().token)
  t.equal(new Set(tokens).size, 1000)
})

t.test('a text that is not 43 characters of base64url is no token', async t => {
  const { token } = newOneTimeToken()
  const others = ['', token.slice(1), `${token}A`, `A${token}`, ` ${token}`, `${token}\n`, `${token}=`]
  for (const text of [...others, `${token.slice(1)}+`, `${token.slice(1)}é`, 'A'.repeat(100_000)]) {
    t.equal(oneTimeTokenHash(text), null, text.slice(0, 60))
  }
})
