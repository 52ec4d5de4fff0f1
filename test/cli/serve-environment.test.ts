import t from 'tap'
import type { Environment } from '../../lib/cli/read-environment.js'
import { readServeSettings } from '../../lib/cli/serve-environment.js'
import { introspectionSecret, otherPepper, otherSecret, pepper, secret } from '../support/secret.js'

t.test('without configuration everything has its documented default', async t => {
  t.same(readServeSettings({}), {
    host: '127.0.0.1',
    port: 3000,
    database: { kind: 'sqlite', file: 'fast-auth.db' },
    secrets: undefined,
    keyFiles: [],
    publicUrl: undefined,
    mail: { target: { kind: 'directory', directory: 'mail' }, from: undefined },
    passkeys: { isOn: true, rpId: undefined },
    trustProxy: false,
    hasLimits: true,
    logLevel: 'info',
    isProduction: false,
    options: {
      trustedOrigins: [],
      secondFactor: 'offered',
      tokenMode: 'pair',
      accessTokenLifetimeSeconds: 900,
      sessionIdleLifetimeSeconds: 1_209_600,
      sessionLifetimeSeconds: 2_592_000,
      refreshGraceSeconds: 10,
      cookies: { secure: false },
      passwords: {},
    },
  })
})

t.test('every variable arrives where it belongs', async t => {
  const environment: Environment = {
    HOST: '::',
    PORT: '65535',
    DATABASE_URL: 'sqlite:/var/lib/users.db',
    JWT_SECRET_KEY: `${secret}, ${otherSecret}`,
    JWT_PRIVATE_KEY_FILE: 'new.pem, old.pem',
    INTROSPECTION_SECRET_KEY: introspectionSecret,
    JWT_ISS: 'https://issuer.example.com',
    JWT_AUD: 'api',
    PASSWORD_HASHER: 'argon2id:m=65536,t=3,p=4',
    HASHER_SECRET_KEY: `${pepper}, ${otherPepper}`,
    PUBLIC_URL: 'https://auth.example.com/accounts',
    TRUSTED_ORIGINS: 'https://app.example.com, http://localhost:5173, capacitor://localhost',
    MAIL_URL: 'smtps://ada:pass@mail.example.com',
    FROM_EMAIL: 'Example <accounts@example.com>',
    REQUIRE_EMAIL_CONFIRMATION: 'true',
    USERNAMES: 'true',
    SECOND_FACTOR: 'required',
    PASSKEYS: 'on',
    PASSKEYS_RP_ID: 'example.com',
    CHANGE_PASSWORD_URL: '/account',
    TOKEN_MODE: 'pair',
    ACCESS_TOKEN_LIFETIME: '60',
    SESSION_IDLE_LIFETIME: '3600',
    SESSION_LIFETIME: '7200',
    REFRESH_GRACE: '0',
    REVOCATION: 'strict',
    COOKIE_DOMAIN: 'example.com',
    COOKIE_PREVIOUS_DOMAIN: 'auth.example.com',
    COOKIE_NAME_PREFIX: 'shop_',
    COOKIE_SAME_SITE: 'strict',
    BODY_TIMEOUT: '300',
    RATE_LIMITS: 'off',
    TRUST_PROXY: '10.0.0.0/8',
    LOG_LEVEL: 'debug',
  }
  t.same(readServeSettings(environment), {
    host: '::',
    port: 65_535,
    database: { kind: 'sqlite', file: '/var/lib/users.db' },
    secrets: [secret, otherSecret],
    keyFiles: ['new.pem', 'old.pem'],
    publicUrl: 'https://auth.example.com/accounts',
    mail: {
      target: { kind: 'smtp', url: 'smtps://ada:pass@mail.example.com' },
      from: 'Example <accounts@example.com>',
    },
    passkeys: { isOn: true, rpId: 'example.com' },
    trustProxy: ['10.0.0.0/8'],
    hasLimits: false,
    logLevel: 'debug',
    isProduction: false,
    options: {
      introspectionSecrets: [introspectionSecret],
      issuer: 'https://issuer.example.com',
      audience: 'api',
      trustedOrigins: ['https://app.example.com', 'http://localhost:5173', 'capacitor://localhost'],
      requireEmailConfirmation: true,
      usernames: true,
      secondFactor: 'required',
      tokenMode: 'pair',
      accessTokenLifetimeSeconds: 60,
      sessionIdleLifetimeSeconds: 3600,
      sessionLifetimeSeconds: 7200,
      refreshGraceSeconds: 0,
      revocation: 'strict',
      cookies: {
        secure: true,
        domain: 'example.com',
        previousDomain: 'auth.example.com',
        namePrefix: 'shop_',
        sameSite: 'strict',
      },
      bodyTimeoutSeconds: 300,
      passwords: { hasher: 'argon2id:m=65536,t=3,p=4', pepper: [pepper, otherPepper], changePasswordUrl: '/account' },
    },
  })
})

const mailTargets = [
  { url: 'dir:../messages', target: { kind: 'directory', directory: '../messages' } },
  { url: 'console:', target: { kind: 'console' } },
]

for (const { url, target } of mailTargets) {
  t.test(`MAIL_URL may be ${url}`, async t => {
    t.same(readServeSettings({ MAIL_URL: url }).mail.target, target)
  })
}

const databases = [
  { url: 'memory:', database: { kind: 'memory' } },
  { url: 'sqlite::memory:', database: { kind: 'sqlite', file: ':memory:' } },
  { url: 'sqlite:../users.db', database: { kind: 'sqlite', file: '../users.db' } },
  { url: 'sqlite:C:\\users.db', database: { kind: 'sqlite', file: 'C:\\users.db' } },
  ...['postgres://ada:pass@db/users', 'postgresql:///users?host=/run/postgresql'].map(url => ({
    url,
    database: { kind: 'postgres', url },
  })),
  ...['mysql://ada@db:3307/users', 'mariadb://db/users'].map(url => ({ url, database: { kind: 'mysql', url } })),
]

for (const { url, database } of databases) {
  t.test(`DATABASE_URL may be ${url}`, async t => {
    t.same(readServeSettings({ DATABASE_URL: url }).database, database)
  })
}

const cookies = [
  { environment: { PUBLIC_URL: 'http://auth.example.com' }, secure: false },
  { environment: { PUBLIC_URL: 'http://auth.example.com', COOKIE_SECURE: 'true' }, secure: true },
  { environment: { PUBLIC_URL: 'https://auth.example.com' }, secure: true },
  { environment: { PUBLIC_URL: 'https://auth.example.com', COOKIE_SECURE: 'false' }, secure: false },
]

for (const { environment, secure } of cookies) {
  t.test(`cookies are ${secure ? '' : 'not '}secure with ${JSON.stringify(environment)}`, async t => {
    t.equal(readServeSettings(environment).options.cookies?.secure, secure)
  })
}

t.test('production starts with a secret and an https address', async t => {
  const environment = { NODE_ENV: 'production', JWT_SECRET_KEY: secret, PUBLIC_URL: 'https://auth.example.com' }
  t.hasStrict(readServeSettings(environment), { secrets: [secret], options: { cookies: { secure: true } } })
})
