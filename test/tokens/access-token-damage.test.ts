import t, { type Test } from 'tap'
import { type AccessTokenReaders, accessTokenReaders } from '../support/access-token-readers.js'

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

async function refusedByBoth(t: Test, { ask, joseAccepts }: AccessTokenReaders, damaged: string, title: string) {
  const answer = await ask(damaged)
  t.equal(answer.statusCode, 401, title)
  t.equal(answer.json().code, 'FAST_AUTH_ACCESS_TOKEN_INVALID', title)
  t.equal(await joseAccepts(damaged), false, `${title}: jose`)
}

/** The same bytes but for one bit. */
function flipped(text: string, byte: number, bit: number): string {
  const bytes = Buffer.from(text, 'base64url')
  bytes[byte] = (bytes[byte] as number) ^ (1 << bit)
  return bytes.toString('base64url')
}

for (const [index, part] of ['header', 'claims', 'signature'].entries()) {
  t.test(`an access token with one bit flipped in a byte of its ${part} is refused by both readers`, async t => {
    const readers = await accessTokenReaders(t)
    const parts = readers.token.split('.')
    const text = parts[index] as string
    const bytes = Buffer.from(text, 'base64url').length
    for (let byte = 0; byte < bytes; byte += 1) {
      const bit = byte % 8
      const damaged = parts.with(index, flipped(text, byte, bit)).join('.')
      await refusedByBoth(t, readers, damaged, `byte ${byte}, bit ${bit}`)
    }
    t.same(readers.calls, [])
  })
}

t.test('an access token with every bit of its signature flipped, one at a time, is refused', async t => {
  const { token, ask, calls } = await accessTokenReaders(t)
  const [header, claims, signature = ''] = token.split('.')
  for (let position = 0; position < 256; position += 1) {
    const damaged = [header, claims, flipped(signature, position >> 3, position & 7)].join('.')
    t.equal((await ask(damaged)).statusCode, 401, `bit ${position}`)
  }
  t.same(calls, [])
})

t.test('an access token cut off at any length is refused by both readers', async t => {
  const readers = await accessTokenReaders(t)
  for (let length = 0; length < readers.token.length; length += 10) {
    await refusedByBoth(t, readers, readers.token.slice(0, length), `${length} characters`)
  }
  await refusedByBoth(t, readers, readers.token.slice(0, -1), 'all but one')
  t.same(readers.calls, [])
})

t.test('the bits that base64url leaves unused make no other token: a revoked session stays revoked', async t => {
  const { app, token, ask } = await accessTokenReaders(t)
  const last = alphabet.indexOf(token.at(-1) as string)
  const variations = [1, 2, 3].map(unused => token.slice(0, -1) + alphabet[last ^ unused])
  for (const variation of variations) t.equal((await ask(variation)).statusCode, 200)
  await app.inject({ method: 'POST', url: '/auth/sign-out', headers: { authorization: `Bearer ${token}` } })
  for (const variation of variations) t.equal((await ask(variation)).json().code, 'FAST_AUTH_SESSION_REVOKED')
})
