import Fastify from 'fastify'
import t, { type Test } from 'tap'
import { createJwtKeys } from '../../lib/http/jwt-keys.js'
import { type AccessTokens, createAccessTokens, type JwtKey } from '../../lib/tokens/access-token.js'
import { createKeyring } from '../../lib/tokens/keyring.js'
import { signingKeys } from '../../lib/tokens/signing-keys.js'
import { jwtParts } from '../support/hand-made-jwt.js'
import { otherSecret, secret } from '../support/secret.js'

const noon = Date.UTC(2026, 0, 1, 12)
const names = { issuer: 'fast-auth', audience: 'fast-auth' }
const subject = {
  userId: 'c7f3a5de-7a38-4c43-8f38-5c7f2bd7e9a1',
  email: 'ada@example.com',
  sessionId: '3f0c4a52-8a53-4b21-9d8c-5f3a5d1f0c11',
  generation: 7,
  authenticatedAt: noon - 60_500,
  methodReferences: null,
  sessionExpiresAt: noon + 86_400_000,
  extraClaims: {},
  organization: null,
} as const

interface Settings {
  readonly secrets?: readonly [string, ...string[]]
  readonly lifetimeSeconds?: number
  readonly rememberedCount?: number
  /** Called for every signature that is checked. */
  onVerify?(token: string): void
}

async function accessTokens(
  t: Test,
  { secrets = [secret], lifetimeSeconds = 900, rememberedCount = 10, onVerify }: Settings = {},
): Promise<AccessTokens> {
  const app = Fastify()
  t.teardown(() => app.close())
  const jwtKeys = await createJwtKeys(app, signingKeys(createKeyring(secrets), []), names)
  const keys = jwtKeys.map(key => ({
    ...key,
    verify(token: string) {
      onVerify?.(token)
      return key.verify(token)
    },
  }))
  return createAccessTokens({ keys: keys as [JwtKey, ...JwtKey[]], lifetimeSeconds, rememberedCount, ...names })
}

t.test('an issued token is read with the same claims', async t => {
  const tokens = await accessTokens(t)
  const { accessToken, expiresAt } = tokens.issue(subject, noon + 999)
  t.equal(expiresAt, noon + 900_000, 'the second that has begun counts')
  const { outcome, claims } = tokens.read(accessToken, noon + 999)
  t.equal(outcome, 'valid')
  t.hasStrict(claims, {
    iss: names.issuer,
    aud: names.audience,
    sub: subject.userId,
    email: subject.email,
    sid: subject.sessionId,
    gen: 7,
    iat: noon / 1000,
    exp: noon / 1000 + 900,
    auth_time: noon / 1000 - 61,
  })
})

t.test('a token is good until the very millisecond at which it expires', async t => {
  const tokens = await accessTokens(t)
  const { accessToken, expiresAt } = tokens.issue(subject, noon)
  t.equal(tokens.read(accessToken, expiresAt - 1).outcome, 'valid')
  t.equal(tokens.read(accessToken, expiresAt).outcome, 'expired')
})

t.test('an expired token still says whose it was', async t => {
  const tokens = await accessTokens(t)
  const { accessToken } = tokens.issue(subject, noon)
  t.hasStrict(tokens.read(accessToken, noon + 86_400_000), { outcome: 'expired', claims: { sid: subject.sessionId } })
})

t.test('a token from a clock that is 30 seconds ahead is good, and from one further ahead it is not', async t => {
  const tokens = await accessTokens(t)
  const { accessToken } = tokens.issue(subject, noon)
  t.equal(tokens.read(accessToken, noon - 30_000).outcome, 'valid')
  t.equal(tokens.read(accessToken, noon - 30_001).outcome, 'invalid')
})

t.test('no token outlives its session', async t => {
  const tokens = await accessTokens(t)
  const { accessToken, expiresAt } = tokens.issue({ ...subject, sessionExpiresAt: noon + 60_999 }, noon)
  t.equal(expiresAt, noon + 60_000)
  t.equal(tokens.read(accessToken, noon + 59_999).outcome, 'valid')
  t.equal(tokens.read(accessToken, noon + 60_000).outcome, 'expired')
})

t.test('a token made for longer than tokens live today counts as expired, so that a client refreshes', async t => {
  const before = await accessTokens(t, { lifetimeSeconds: 901 })
  const today = await accessTokens(t, { lifetimeSeconds: 900 })
  t.equal(today.read(before.issue(subject, noon).accessToken, noon).outcome, 'expired')
  t.equal(before.read(today.issue(subject, noon).accessToken, noon).outcome, 'valid')
})

t.test('no two tokens are the same, even of one session in one millisecond', async t => {
  const tokens = await accessTokens(t)
  const issued = Array.from({ length: 100 }, () => tokens.issue(subject, noon).accessToken)
  t.equal(new Set(issued.map(token => jwtParts(token).claims.jti)).size, 100)
})

t.test('the newest secret signs, and every secret of the ring verifies', async t => {
  const before = await accessTokens(t, { secrets: [otherSecret] })
  const rotated = await accessTokens(t, { secrets: [secret, otherSecret] })
  const after = await accessTokens(t, { secrets: [secret] })
  const old = before.issue(subject, noon).accessToken
  t.equal(rotated.read(old, noon).outcome, 'valid')
  t.equal(after.read(rotated.issue(subject, noon).accessToken, noon).outcome, 'valid')
  t.equal(after.read(old, noon).outcome, 'invalid', 'a secret that is dropped takes its tokens with it')
})

t.test('the lifetime is there to be read', async t => {
  t.equal((await accessTokens(t, { lifetimeSeconds: 60 })).lifetimeSeconds, 60)
})

t.test('the signature of a token is checked once, however often the token is read', async t => {
  const verified: string[] = []
  const tokens = await accessTokens(t, { onVerify: token => verified.push(token) })
  const [first, second] = [1, 2].map(() => tokens.issue(subject, noon).accessToken) as [string, string]
  for (const token of [first, second, first, second, first]) t.equal(tokens.read(token, noon).outcome, 'valid')
  t.strictSame(verified, [first, second])
})

t.test('with a cache size of 0 the signature is checked each time', async t => {
  const verified: string[] = []
  const tokens = await accessTokens(t, { rememberedCount: 0, onVerify: token => verified.push(token) })
  const { accessToken } = tokens.issue(subject, noon)
  for (const _ of [1, 2]) t.equal(tokens.read(accessToken, noon).outcome, 'valid')
  t.equal(verified.length, 2)
})

t.test('a remembered token is as old as any other', async t => {
  const tokens = await accessTokens(t)
  const { accessToken, expiresAt } = tokens.issue(subject, noon)
  t.equal(tokens.read(accessToken, noon).outcome, 'valid')
  t.equal(tokens.read(accessToken, expiresAt - 1).outcome, 'valid')
  t.equal(tokens.read(accessToken, expiresAt).outcome, 'expired')
  t.equal(tokens.read(accessToken, noon - 30_000).outcome, 'valid')
  t.equal(tokens.read(accessToken, noon - 30_001).outcome, 'invalid')
})

t.test('only what is good is remembered: nothing else pushes a good token out', async t => {
  const verified: string[] = []
  const tokens = await accessTokens(t, { rememberedCount: 2, onVerify: token => verified.push(token) })
  const { accessToken } = tokens.issue(subject, noon)
  tokens.read(accessToken, noon)
  const expired = Array.from({ length: 10 }, () => tokens.issue(subject, noon - 900_000).accessToken)
  const early = Array.from({ length: 10 }, () => tokens.issue(subject, noon + 31_000).accessToken)
  const forged = Array.from({ length: 10 }, (_, index) => `${accessToken.slice(0, -12)}forged-${index}AAAA`)
  for (const token of [...expired, ...early, ...forged]) t.not(tokens.read(token, noon).outcome, 'valid')
  verified.length = 0
  t.equal(tokens.read(accessToken, noon).outcome, 'valid')
  t.strictSame(verified, [])
})

t.test('a token that is read over and over pushes no other out', async t => {
  const verified: string[] = []
  const tokens = await accessTokens(t, { rememberedCount: 4, onVerify: token => verified.push(token) })
  const [busy, quiet] = [1, 2].map(() => tokens.issue(subject, noon).accessToken) as [string, string]
  for (const token of [quiet, ...Array(20).fill(busy), quiet]) t.equal(tokens.read(token, noon).outcome, 'valid')
  t.strictSame(verified, [quiet, busy])
})

t.test('a token has up to 4,096 characters, and a longer one is not even decoded', async t => {
  const verified: string[] = []
  const tokens = await accessTokens(t, { onVerify: token => verified.push(token) })
  const issue = (filler: number) =>
    tokens.issue({ ...subject, extraClaims: { x: 'x'.repeat(filler) } }, noon).accessToken
  const longestClaim = Math.floor(((4096 - issue(0).length) * 3) / 4)
  const [longest, tooLong] = [issue(longestClaim), issue(longestClaim + 1)]
  t.same([longest.length, tooLong.length > 4096], [4096, true])
  t.equal(tokens.read(longest, noon).outcome, 'valid')
  t.equal(tokens.read(tooLong, noon).outcome, 'invalid')
  t.strictSame(verified, [longest])
})

t.test('claims cannot be changed for the next who reads the token', async t => {
  const tokens = await accessTokens(t)
  const { accessToken } = tokens.issue(subject, noon)
  for (const _ of [1, 2]) {
    const { claims } = tokens.read(accessToken, noon)
    t.throws(() => Object.assign(claims ?? {}, { sub: 'another user' }), TypeError)
    t.equal(claims?.sub, subject.userId)
  }
})
