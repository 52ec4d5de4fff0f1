import { RateLimiterMemory } from 'rate-limiter-flexible'
import t from 'tap'
import { resolveOptions } from '../../lib/composition/options/resolve-options.js'
import { memoryStorage } from '../../lib/engines/memory.js'
import { custom } from '../../lib/hashing/formats/custom.js'
import { defaultHashingConcurrency } from '../../lib/hashing/hashing-queue.js'
import type { LimitCounterSettings } from '../../lib/index.js'
import { introspectionSecret, otherPepper, otherSecret, pepper, secret } from '../support/secret.js'

const development = { isProduction: false }
const storage = memoryStorage()
const least = { secrets: [secret], storage }

/** The same object, which cannot be changed anywhere but in its storage. */
function frozen<T extends object>(options: T): T {
  for (const [name, value] of Object.entries(options)) {
    if (typeof value === 'object' && name !== 'storage') frozen(value)
  }
  return Object.freeze(options)
}

t.test('with nothing but secrets and a storage, every option has its documented default', async t => {
  const hashingConcurrency = defaultHashingConcurrency()
  t.matchOnly(resolveOptions(least, development), {
    secrets: [secret],
    usernames: false,
    reservedUsernames: [],
    storage,
    prefix: '/auth',
    accessTokenKeys: [],
    introspectionSecrets: [],
    trustedOrigins: [],
    requireOriginHeader: false,
    issuer: 'fast-auth',
    audience: 'fast-auth',
    transport: 'cookie',
    tokenMode: 'pair',
    secondFactor: 'off',
    passkeys: null,
    emailSignIn: null,
    identities: null,
    organizations: null,
    accessTokenLifetimeSeconds: 900,
    rememberedAccessTokens: 10_000,
    sessionIdleLifetimeSeconds: 1_209_600,
    sessionLifetimeSeconds: 2_592_000,
    maximumSessionsPerUser: 100,
    refreshGraceSeconds: 10,
    revokePreviousAccessToken: false,
    revocation: 'feed',
    revocationFeed: { everySeconds: 1, overlapSeconds: 60, maximumStalenessSeconds: 10 },
    limits: {
      enabled: true,
      countersTimeoutSeconds: 0.5,
      maximumCounters: 20_000,
      requestsPerMinute: 600,
      costlyRequestsPerMinute: 60,
      hashesPerNetworkPerMinute: 120,
      shareRequests: false,
      freeGuesses: 5,
      firstDelaySeconds: 1,
      maximumDelaySeconds: 900,
      forgetGuessesAfterSeconds: 86_400,
      failuresPerNetworkPerHour: 100,
      failuresPerAccountPerHour: 50,
      deviceLifetimeSeconds: 15_552_000,
      apiKeyFailuresPerMinute: 60,
      mailsPerAddressPerHour: 5,
      mailsPerAccountPerHour: 10,
      mailsPerOrganizationPerHour: 50,
      mailsPerNetworkPerHour: 100,
      mailsPerHour: 10_000,
    },
    cookies: { secure: true, sameSite: 'lax' },
    passwords: {
      minimumLength: 8,
      hasher: 'bcrypt:12',
      pepper: [],
      formats: [],
      requireLetter: false,
      requireDigit: false,
      forbiddenWords: [],
      breachedPasswordTimeoutSeconds: 1.5,
      hashingConcurrency,
      hashingQueueLimit: 16 * hashingConcurrency,
    },
    apiKeys: { prefix: 'sk-', scopes: [], maximumPerUser: 50, rememberSeconds: 60, rememberedKeys: 10_000 },
    hooks: { timeoutSeconds: 5 },
    email: null,
    requireEmailConfirmation: false,
    pages: true,
    storageTimeoutSeconds: 5,
    bodyTimeoutSeconds: 30,
    migrate: true,
    purge: { everySeconds: 600, batchSize: 500, eventLifetimeSeconds: 7_776_000 },
    auditLog: false,
    silencedWarnings: [],
    clock: Date.now,
    uptime: Function,
    sleep: Function,
  })
})

const given = {
  secrets: [otherSecret, secret],
  introspectionSecrets: [introspectionSecret],
  claims: () => ({ role: 'admin' }),
  usernames: true,
  reservedUsernames: ['Pricing', 'a'],
  storage,
  prefix: '/api/v1/auth',
  publicUrl: 'https://app.example.com/base',
  trustedOrigins: ['https://admin.example.com', 'http://localhost:5173'],
  requireOriginHeader: true,
  issuer: 'https://issuer.example',
  audience: 'reports',
  transport: 'token',
  tokenMode: 'pair',
  secondFactor: 'required',
  passkeys: { rpId: 'example.com', rpName: 'Example', origins: ['https://example.com'], maximumPerUser: 3 },
  accessTokenLifetimeSeconds: 60,
  rememberedAccessTokens: 0,
  sessionIdleLifetimeSeconds: 120,
  sessionLifetimeSeconds: 240,
  maximumSessionsPerUser: 7,
  refreshGraceSeconds: 0,
  revokePreviousAccessToken: true,
  revocation: 'strict',
  revocationFeed: { everySeconds: 0.1, overlapSeconds: 600, maximumStalenessSeconds: 1 },
  limits: {
    enabled: true,
    counters: (settings: LimitCounterSettings) => new RateLimiterMemory(settings),
    countersTimeoutSeconds: 0.05,
    maximumCounters: 100,
    requestsPerMinute: 0,
    costlyRequestsPerMinute: 0,
    hashesPerNetworkPerMinute: 0,
    shareRequests: true,
    freeGuesses: 0,
    firstDelaySeconds: 60,
    maximumDelaySeconds: 60,
    forgetGuessesAfterSeconds: 60,
    failuresPerNetworkPerHour: 0,
    failuresPerAccountPerHour: 0,
    deviceLifetimeSeconds: 0,
    apiKeyFailuresPerMinute: 0,
    mailsPerAddressPerHour: 0,
    mailsPerAccountPerHour: 0,
    mailsPerOrganizationPerHour: 0,
    mailsPerNetworkPerHour: 0,
    mailsPerHour: 0,
  },
  cookies: { secure: true, domain: 'example.com', sameSite: 'none' },
  passwords: {
    minimumLength: 15,
    hasher: 'argon2id',
    pepper: [pepper, otherPepper],
    formats: [custom({ identifies: () => false, verifies: () => false })],
    requireLetter: true,
    requireDigit: true,
    forbiddenWords: ['example'],
    breachedPasswordCheck: async () => false,
    breachedPasswordTimeoutSeconds: 0.5,
    hashingConcurrency: 3,
    hashingQueueLimit: 0,
  },
  apiKeys: {
    prefix: 'acme_live_',
    scopes: ['reports:read', 'https://example.com/write'],
    maximumPerUser: 1,
    defaultLifetimeSeconds: 3600,
    maximumLifetimeSeconds: 3600,
    rememberSeconds: 0,
    rememberedKeys: 1,
  },
  hooks: { timeoutSeconds: 0.5, beforeSignUp: () => {}, afterSessionEnd: async () => {} },
  requireEmailConfirmation: false,
  pages: false,
  storageTimeoutSeconds: 0.5,
  bodyTimeoutSeconds: 0.5,
  migrate: false,
  purge: { everySeconds: 0, batchSize: 1, eventLifetimeSeconds: 60 },
  auditLog: true,
  silencedWarnings: ['FAST_AUTH_WARN_SAME_SITE_NONE'],
  ...{
    onEvent: () => {},
    metrics: () => {},
    clock: Object.assign(() => 0, { monotonic: () => 0, sleep: async () => undefined }),
  },
}

const { monotonic: uptime, sleep } = given.clock
const off = { email: null, emailSignIn: null, identities: null, organizations: null }
const resolved = { ...given, accessTokenKeys: [], ...off, uptime, sleep }

t.test('given options replace the defaults', async t => {
  t.matchOnly(resolveOptions(given, development), resolved)
})

t.test('the caller’s object is left as it is, deep down', async t => {
  t.matchOnly(resolveOptions(frozen(given), development), resolved)
  t.doesNotThrow(() => resolveOptions(frozen({ secrets: [secret], storage, cookies: {}, passwords: {} }), development))
})

t.test('an option that is undefined is one that was left out', async t => {
  const names = Object.keys(given).filter(name => !['secrets', 'storage'].includes(name))
  const absent = {
    ...least,
    ...Object.fromEntries(names.map(name => [name, undefined])),
    cookies: { secure: undefined, domain: undefined, sameSite: undefined },
    passwords: Object.fromEntries(Object.keys(given.passwords).map(name => [name, undefined])),
  }
  t.strictSame(resolveOptions(absent, development), resolveOptions(least, development))
  const withoutGroups = { ...absent, cookies: undefined, passwords: undefined }
  t.strictSame(resolveOptions(withoutGroups, development), resolveOptions(least, development))
})

t.test('the issuer is the public URL, unless it is given', async t => {
  const publicUrl = 'https://app.example.com'
  t.equal(resolveOptions({ ...least, publicUrl }, development).issuer, publicUrl)
  t.equal(resolveOptions({ ...least, publicUrl, issuer: 'me' }, development).issuer, 'me')
})

t.test('the queue grows with the number of hashes at a time', async t => {
  const { passwords } = resolveOptions({ ...least, passwords: { hashingConcurrency: 4 } }, development)
  t.equal(passwords.hashingQueueLimit, 64)
})
