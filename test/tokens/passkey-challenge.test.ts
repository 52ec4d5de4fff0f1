import { createHash, randomBytes, randomUUID } from 'node:crypto'
import t from 'tap'
import { createKeyring } from '../../lib/tokens/keyring.js'
import { challengeLifetime, createPasskeyChallenges } from '../../lib/tokens/passkey-challenge.js'
import { createRefreshTokens } from '../../lib/tokens/refresh-token.js'
import { createSignInTokens } from '../../lib/tokens/sign-in-token.js'
import { otherSecret, secret } from '../support/secret.js'

const now = Date.UTC(2026, 0, 1)
const keyring = createKeyring([secret])
const challenges = createPasskeyChallenges({ keyring })
const subject = { sessionId: randomUUID(), userHandle: randomBytes(32).toString('base64url') }
const registration = challenges.issueRegistration(subject, now)
const authentication = challenges.issueAuthentication(now)
const hash = (challenge: string) => createHash('sha256').update(challenge).digest('base64url')

t.test('a challenge says what it was made of, and the storage gets its hash', async t => {
  const expiresAt = now + challengeLifetime
  t.strictSame(challenges.readRegistration(registration, now), {
    challengeHash: hash(registration),
    expiresAt,
    ...subject,
  })
  t.strictSame(challenges.readAuthentication(authentication, now), { challengeHash: hash(authentication), expiresAt })
})

t.test('every challenge has 32 random bytes of its own, so it is another one', async t => {
  const made = Array.from({ length: 50 }, () => challenges.issueAuthentication(now))
  t.equal(new Set(made).size, 50)
  const again = challenges.issueRegistration(subject, now)
  t.not(again, registration)
  t.equal(again.length, authentication.length, 'its length does not reveal the ceremony')
})

t.test('a challenge of one ceremony is none of the other', async t => {
  t.equal(challenges.readAuthentication(registration, now), null)
  t.equal(challenges.readRegistration(authentication, now), null)
})

t.test('a challenge expires at its instant', async t => {
  const expiresAt = now + challengeLifetime
  t.ok(challenges.readRegistration(registration, expiresAt - 1))
  t.equal(challenges.readRegistration(registration, expiresAt), null)
  t.ok(challenges.readAuthentication(authentication, expiresAt - 1))
  t.equal(challenges.readAuthentication(authentication, expiresAt), null)
})

t.test('a challenge that differs in one character, or in one bit, is none', async t => {
  for (let index = 0; index < registration.length; index++) {
    const other = registration[index] === 'A' ? 'B' : 'A'
    const changed = registration.slice(0, index) + other + registration.slice(index + 1)
    t.equal(challenges.readRegistration(changed, now), null, String(index))
  }
  const bytes = Buffer.from(authentication, 'base64url')
  for (const index of bytes.keys()) {
    const flipped = Buffer.from(bytes)
    flipped.writeUInt8(flipped.readUInt8(index) ^ (1 << (index % 8)), index)
    t.equal(challenges.readAuthentication(flipped.toString('base64url'), now), null, String(index))
  }
})

t.test('a text that is truncated, longer or of other characters is no challenge', async t => {
  const texts = [
    '',
    'x',
    registration.slice(1),
    registration.slice(0, -1),
    registration.slice(0, 40),
    `${registration}A`,
  ]
  for (const text of [...texts, `${registration}=`, 'A'.repeat(registration.length), ` ${registration.slice(1)}`]) {
    t.equal(challenges.readRegistration(text, now), null, text)
    t.equal(challenges.readAuthentication(text, now), null, text)
  }
})

t.test('a challenge outlives a rotation of secrets, and not the removal of its own', async t => {
  const rotated = createPasskeyChallenges({ keyring: createKeyring([otherSecret, secret]) })
  t.hasStrict(rotated.readRegistration(registration, now), subject)
  t.ok(rotated.readAuthentication(authentication, now))
  const removed = createPasskeyChallenges({ keyring: createKeyring([otherSecret]) })
  t.equal(removed.readRegistration(registration, now), null)
  t.equal(removed.readAuthentication(authentication, now), null)
  t.equal(challenges.readAuthentication(rotated.issueAuthentication(now), now), null)
})

t.test('the tokens of other kinds are no challenges, and the reverse', async t => {
  const refreshTokens = createRefreshTokens(keyring)
  const signInTokens = createSignInTokens({ keyring })
  const refreshToken = refreshTokens.issue({ sessionId: subject.sessionId, generation: 0 })
  const pending = { userId: randomUUID(), methods: ['password'], transport: 'token', expiresAt: now + 1 } as const
  for (const token of [refreshToken, signInTokens.issue(pending, 'password hash')]) {
    t.equal(challenges.readRegistration(token, now), null)
    t.equal(challenges.readAuthentication(token, now), null)
  }
  for (const challenge of [registration, authentication]) {
    t.equal(refreshTokens.read(challenge), null)
    t.equal(signInTokens.read(challenge, now), null)
  }
})
