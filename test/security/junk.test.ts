import { randomBytes } from 'node:crypto'
import type { InjectOptions } from 'fastify'
import t from 'tap'
import { newApiKey } from '../../lib/features/api-keys/api-key-text.js'
import { bearer } from '../support/account.js'
import { handMadeJwt, jwtParts } from '../support/hand-made-jwt.js'
import { testApplication } from '../support/test-application.js'
import { mistyped } from '../support/test-keys.js'
import { origin, passkeyOptions, unknownCredential } from './fixtures/passkey-world.js'

/** The number of requests of each kind. `node bench/junk.js` sends a million. */
const times = Number(process.env.FAULT_ROUNDS ?? 1) * 1_000

const { app, owner, calls, events } = await testApplication(t, { keys: true, options: passkeyOptions })
const { header, claims } = jwtParts(owner.accessToken)
const { key } = await owner.make()
const random = (bytes: number) => randomBytes(bytes).toString('base64url')
const refresh = (refreshToken: string): InjectOptions => ({
  method: 'POST',
  url: '/auth/refresh',
  payload: { refreshToken },
})
const any = (token: string): InjectOptions => ({ url: '/any', headers: bearer(token) })
const asked = await app.inject({ method: 'POST', url: '/auth/sign-in/passkey/options' })
const challenge: string = asked.json().challenge
const clientData = (text: string) =>
  Buffer.from(JSON.stringify({ type: 'webauthn.get', challenge: text, origin })).toString('base64url')
const passkeyUse = (text: string): InjectOptions => {
  const response = { ...unknownCredential.response, clientDataJSON: clientData(text) }
  return { method: 'POST', url: '/auth/sign-in/passkey', payload: { credential: { ...unknownCredential, response } } }
}
const withoutMac = owner.refreshToken.slice(0, 36)

/** Texts that are no tokens, each unlike the one before. */
const junk: Readonly<Record<string, () => InjectOptions>> = {
  'any text as bearer': () => any(random(32)),
  'a JWT with a wrong signature': () => any(handMadeJwt({ header, claims, secret: random(32) })),
  'a JWT of an unknown key': () =>
    any(handMadeJwt({ header: { ...header, kid: random(6) }, claims, secret: random(32) })),
  'a JWT that claims more': () => any(owner.accessToken.replace(/\..*\./, `.${random(200)}.`)),
  'a JWT in a cookie': () => ({
    url: '/any',
    headers: { cookie: `__Host-access_token=${handMadeJwt({ header, claims, secret: random(32) })}` },
  }),
  'a mistyped API key': () => any(mistyped(newApiKey('sk-').key)),
  'an API key with two characters swapped': () =>
    any(key.replace(/^(sk-.{9})(.)(.)/, (_, head, one, two) => head + two + (one === two ? '_' : one))),
  'any text with the prefix of a key': () => any(`sk-${randomBytes(24).toString('hex')}0`),
  'any text for a refresh token': () => refresh(random(59)),
  'a refresh token with a wrong MAC': () => refresh(withoutMac + random(32).padEnd(43, 'A')),
  'a refresh token in a cookie': () => ({
    method: 'POST',
    url: '/auth/refresh',
    headers: { cookie: `__Secure-refresh_token=${withoutMac}${random(32)}` },
  }),
  'any text as the challenge of a passkey': () => passkeyUse(random(126)),
  'the challenge of a passkey with a wrong MAC': () => passkeyUse(challenge.slice(0, 126) + random(32).slice(0, 42)),
  'any text at a sign-out': () => ({ method: 'POST', url: '/auth/sign-out', payload: { refreshToken: random(59) } }),
}

calls.length = 0
events.length = 0

for (const [what, next] of Object.entries(junk)) {
  t.test(`${what}, ${times} times over, costs no storage call`, async t => {
    const statuses = new Set<number>()
    for (let count = 0; count < times; count += 1) statuses.add((await app.inject(next())).statusCode)
    t.strictSame([...statuses], [what.endsWith('sign-out') ? 204 : 401])
    t.strictSame(calls, [])
  })
}

t.test('a key that was never made, with a checksum that is right, costs one read each time', async t => {
  calls.length = 0
  for (let count = 0; count < 10; count += 1) t.equal((await app.inject(any(newApiKey('sk-').key))).statusCode, 401)
  t.strictSame(calls, Array(10).fill('apiKeys.findByHash'))
})
