import { readdirSync } from 'node:fs'
import t from 'tap'
import type { Environment } from '../../lib/cli/read-environment.js'
import { allowedHashers } from '../../lib/hashing/hasher-setting.js'
import { otherSecret, secret } from '../support/secret.js'
import { fastAuthCommand } from './fixtures/shell.js'

const origins = Array.from({ length: 101 }, (_, index) => `https://${index}.example.com`).join(',')
const secrets = Array.from({ length: 17 }, (_, index) => `${index}${secret}`).join(',')
const server = (scheme: string) =>
  `DATABASE_URL must be ${scheme}://USER:PASSWORD@HOST:PORT/DATABASE, a URL that names a database`
const databases = 'DATABASE_URL must be postgres://…, mysql://…, redis://…, sqlite:FILE, sqlite::memory: or memory:'
const origin = 'TRUSTED_ORIGINS must be at most 100 origins such as https://app.example.com, separated by commas'
const hasher = `PASSWORD_HASHER must be ${allowedHashers}`
const publicUrl = 'PUBLIC_URL must be a URL such as https://auth.example.com'
const mail = 'MAIL_URL must be dir:FOLDER, console:, smtp://user:password@host:587 or smtps://user:password@host'
const from = 'FROM_EMAIL must be an address such as accounts@example.com, or Example <accounts@example.com>'
const port = 'PORT must be a whole number from 0 to 65535'

const noPasskeys = 'PASSKEYS=on needs a PUBLIC_URL with https and a domain, or the host localhost'
const rpId = 'PASSKEYS_RP_ID must be the host of PUBLIC_URL or a parent domain of it'
const changePasswordUrl = 'CHANGE_PASSWORD_URL must be a path such as /account, or an http or https URL'

const refusals: readonly (readonly [Environment, string])[] = [
  [{ PORT: '65536' }, port],
  [{ PORT: '-1' }, port],
  [{ PORT: '80.5' }, port],
  [{ PORT: 'http' }, port],
  [{ DATABASE_URL: 'users.db' }, databases],
  [{ DATABASE_URL: 'sqlite:' }, databases],
  [{ DATABASE_URL: 'sqlite://users.db' }, databases],
  [{ DATABASE_URL: 'sqlite:file:users.db' }, databases],
  [{ DATABASE_URL: 'postgres://ada:pass@localhost' }, server('postgres')],
  [{ DATABASE_URL: 'mariadb://localhost/' }, server('mariadb')],
  [{ DATABASE_URL: 'mysql://ada:50%off@local host/users' }, server('mysql')],
  [{ DATABASE_URL: 'postgres:users' }, databases],
  ...['redis:', 'redis:///0', 'redis://localhost/users', 'rediss://localhost?db=1', 'redis://localhost:99999999'].map(
    DATABASE_URL => [{ DATABASE_URL }, 'DATABASE_URL must be a URL such as redis://USER:PASSWORD@HOST:PORT/0'] as const,
  ),
  [
    { JWT_SECRET_KEY: 'hunter2' },
    'JWT_SECRET_KEY must have at least 32 characters, and has 7. Create one with: fast-auth secret',
  ],
  [
    { JWT_SECRET_KEY: 'change-me-change-me-change-me-change-me' },
    'JWT_SECRET_KEY is a publicly known placeholder. Create one with: fast-auth secret',
  ],
  [
    { JWT_SECRET_KEY: `${secret},${'ab'.repeat(20)}` },
    'Secret 2 of JWT_SECRET_KEY repeats a few characters, so it can be guessed. Create one with: fast-auth secret',
  ],
  [{ JWT_SECRET_KEY: `${secret},${otherSecret},${secret}` }, 'JWT_SECRET_KEY contains the same secret twice'],
  [{ JWT_SECRET_KEY: ',' }, 'JWT_SECRET_KEY must be 1 to 16 secrets, separated by commas'],
  [{ JWT_SECRET_KEY: secrets }, 'JWT_SECRET_KEY must be 1 to 16 secrets, separated by commas'],
  [
    { NODE_ENV: 'production' },
    'JWT_SECRET_KEY must be set if NODE_ENV is production. Create one with: fast-auth secret',
  ],
  [
    { NODE_ENV: 'production', JWT_SECRET_KEY: secret },
    'Cookies must be secure if NODE_ENV is production: set PUBLIC_URL to an https URL and remove COOKIE_SECURE',
  ],
  [{ JWT_ISS: 'a'.repeat(201) }, 'JWT_ISS must be text of at most 200 characters'],
  [{ JWT_AUD: 'a'.repeat(201) }, 'JWT_AUD must be text of at most 200 characters'],
  [{ PASSWORD_HASHER: 'md5' }, hasher],
  [{ PASSWORD_HASHER: 'scrypt-for-tests' }, hasher],
  [{ PASSWORD_HASHER: 'bcrypt:9' }, hasher],
  [{ PASSWORD_HASHER: 'bcrypt:17' }, hasher],
  [{ PASSWORD_HASHER: 'argon2id:m=4194304,t=2,p=1' }, hasher],
  [{ PASSWORD_HASHER: 'scrypt:15' }, hasher],
  [{ PUBLIC_URL: 'auth.example.com' }, publicUrl],
  [{ PUBLIC_URL: 'ftp://auth.example.com' }, publicUrl],
  [{ PUBLIC_URL: 'https://auth.example.com?a=1' }, publicUrl],
  [{ PUBLIC_URL: 'https://ada:pass@auth.example.com' }, publicUrl],
  [{ PUBLIC_URL: 'https://auth.example.com/a;b' }, publicUrl],
  [{ PUBLIC_URL: 'https://auth.example.com:port' }, publicUrl],
  [{ TRUSTED_ORIGINS: 'https://app.example.com/' }, origin],
  [{ TRUSTED_ORIGINS: 'https://app.example.com,app.example.com' }, origin],
  [{ TRUSTED_ORIGINS: 'https://' }, origin],
  [{ TRUSTED_ORIGINS: 'null' }, origin],
  [{ TRUSTED_ORIGINS: 'https://*.example.com' }, origin],
  [{ TRUSTED_ORIGINS: 'capacitor://localhost/' }, origin],
  [{ TRUSTED_ORIGINS: 'file://' }, origin],
  [{ TRUSTED_ORIGINS: origins }, origin],
  [{ ACCESS_TOKEN_LIFETIME: '15m' }, 'ACCESS_TOKEN_LIFETIME must be a whole number from 5 to 86400'],
  [{ ACCESS_TOKEN_LIFETIME: '4' }, 'ACCESS_TOKEN_LIFETIME must be a whole number from 5 to 86400'],
  [{ SESSION_IDLE_LIFETIME: '59' }, 'SESSION_IDLE_LIFETIME must be a whole number from 60 to 34560000'],
  [{ SESSION_LIFETIME: '34560001' }, 'SESSION_LIFETIME must be a whole number from 60 to 34560000'],
  [{ SESSION_LIFETIME: '3600' }, 'SESSION_IDLE_LIFETIME (1209600) must not be more than SESSION_LIFETIME (3600)'],
  [{ SESSION_IDLE_LIFETIME: '60' }, 'ACCESS_TOKEN_LIFETIME (900) must not be more than SESSION_IDLE_LIFETIME (60)'],
  [{ REFRESH_GRACE: '61' }, 'REFRESH_GRACE must be a whole number from 0 to 60'],
  [{ COOKIE_SECURE: 'yes' }, 'COOKIE_SECURE must be one of true, false'],
  [{ COOKIE_DOMAIN: '.example.com' }, 'COOKIE_DOMAIN must be a domain such as example.com'],
  [{ COOKIE_DOMAIN: 'example.com' }, 'COOKIE_DOMAIN must be the host of PUBLIC_URL or a parent domain of it'],
  [{ COOKIE_PREVIOUS_DOMAIN: '.example.com' }, 'COOKIE_PREVIOUS_DOMAIN must be a domain such as example.com'],
  [
    { COOKIE_PREVIOUS_DOMAIN: 'example.com' },
    'COOKIE_PREVIOUS_DOMAIN must be the host of PUBLIC_URL or a parent domain of it',
  ],
  [
    { COOKIE_NAME_PREFIX: '__Host-shop' },
    'COOKIE_NAME_PREFIX must be of 1 to 40 letters, digits and _ -, and begin with a letter or a digit',
  ],
  [
    { COOKIE_DOMAIN: 'example.com', PUBLIC_URL: 'https://notexample.com' },
    'COOKIE_DOMAIN must be the host of PUBLIC_URL or a parent domain of it',
  ],
  [
    { JWT_SECRET_KEY: secret, INTROSPECTION_SECRET_KEY: secret },
    'JWT_SECRET_KEY and INTROSPECTION_SECRET_KEY contain the same secret. Create one for each with: fast-auth secret',
  ],
  [
    { JWT_SECRET_KEY: secret, HASHER_SECRET_KEY: secret },
    'JWT_SECRET_KEY and HASHER_SECRET_KEY contain the same secret. Create one for each with: fast-auth secret',
  ],
  [{ BODY_TIMEOUT: '0' }, 'BODY_TIMEOUT must be a whole number from 1 to 300'],
  [{ BODY_TIMEOUT: '301' }, 'BODY_TIMEOUT must be a whole number from 1 to 300'],
  [{ COOKIE_SAME_SITE: 'Lax' }, 'COOKIE_SAME_SITE must be one of lax, strict, none'],
  [
    { COOKIE_SAME_SITE: 'none' },
    'COOKIE_SAME_SITE=none needs secure cookies: PUBLIC_URL with https, or COOKIE_SECURE=true',
  ],
  [
    { TRUST_PROXY: 'yes' },
    'TRUST_PROXY must be true, false, a number of proxies from 1 to 99, or addresses such as 10.0.0.0/8,127.0.0.1',
  ],
  [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL must be one of fatal, error, warn, info, debug, trace, silent'],
  [{ USERNAMES: 'yes' }, 'USERNAMES must be one of true, false'],
  [{ SECOND_FACTOR: 'on' }, 'SECOND_FACTOR must be one of off, offered, required'],
  [{ PASSKEYS: 'true' }, 'PASSKEYS must be one of on, off'],
  [{ PASSKEYS: 'on', PUBLIC_URL: 'http://auth.example.com' }, noPasskeys],
  [{ PASSKEYS: 'on', PUBLIC_URL: 'https://192.0.2.1' }, noPasskeys],
  [{ PASSKEYS: 'on', PUBLIC_URL: 'https://intranet' }, noPasskeys],
  ...['https://example.com', 'Example.com', 'com', 'example.com:443'].map(
    rpId =>
      [
        { PUBLIC_URL: 'https://auth.example.com', PASSKEYS_RP_ID: rpId },
        'PASSKEYS_RP_ID must be a domain such as example.com',
      ] as const,
  ),
  [{ PUBLIC_URL: 'https://auth.example.com', PASSKEYS_RP_ID: 'login.auth.example.com' }, rpId],
  [{ PUBLIC_URL: 'https://auth.example.com', PASSKEYS_RP_ID: 'th.example.com' }, rpId],
  [{ PASSKEYS_RP_ID: 'example.com' }, rpId],
  [{ CHANGE_PASSWORD_URL: 'account' }, changePasswordUrl],
  [{ CHANGE_PASSWORD_URL: '//evil.example' }, changePasswordUrl],
  [{ CHANGE_PASSWORD_URL: 'mailto:ada@example.com' }, changePasswordUrl],
  [{ REQUIRE_EMAIL_CONFIRMATION: 'no' }, 'REQUIRE_EMAIL_CONFIRMATION must be one of true, false'],
  [{ JWT_PRIVATE_KEY_FILE: 'a,'.repeat(17) }, 'JWT_PRIVATE_KEY_FILE must be at most 16 files, separated by commas'],
  [{ INTROSPECTION_SECRET_KEY: ',' }, 'INTROSPECTION_SECRET_KEY must be 1 to 16 secrets, separated by commas'],
  [
    { INTROSPECTION_SECRET_KEY: `${secret}, short` },
    'Secret 2 of INTROSPECTION_SECRET_KEY must have at least 32 characters, and has 5. Create one with: fast-auth secret',
  ],
  [
    { INTROSPECTION_SECRET_KEY: `${secret}é` },
    'INTROSPECTION_SECRET_KEY must be of letters, digits and - . _ ~ + / = alone',
  ],
  [
    { HASHER_SECRET_KEY: 'hunter2' },
    'HASHER_SECRET_KEY must have at least 32 characters, and has 7. Create one with: fast-auth secret',
  ],
  [{ HASHER_SECRET_KEY: `${secret},${secret}` }, 'HASHER_SECRET_KEY contains the same secret twice'],
  [{ HASHER_SECRET_KEY: secrets }, 'HASHER_SECRET_KEY must be 1 to 16 secrets, separated by commas'],
  [{ MAIL_URL: 'mail' }, mail],
  [{ MAIL_URL: 'dir:' }, mail],
  [{ MAIL_URL: 'dir:///mail' }, mail],
  [{ MAIL_URL: 'smtp://' }, mail],
  [{ MAIL_URL: 'http://mail.example.com' }, mail],
  [{ MAIL_URL: 'smtp://localhost' }, 'FROM_EMAIL must be set if MAIL_URL is a mail server'],
  [{ FROM_EMAIL: 'Example' }, from],
  [{ FROM_EMAIL: 'a@b\nBcc: c@d' }, from],
  [{ RATE_LIMITS: 'no' }, 'RATE_LIMITS must be one of on, off'],
]

for (const [environment, sentence] of refusals) {
  const title = JSON.stringify(environment).slice(0, 100)
  t.test(`serve refuses ${title} with one sentence, and makes nothing`, async t => {
    const folder = t.testdir()
    t.same(await fastAuthCommand(['serve'], folder, environment), {
      exitCode: 1,
      stdout: '',
      stderr: `fast-auth: ${sentence}\n`,
    })
    t.same(readdirSync(folder), [])
  })
}

t.test('a refusal does not repeat a value that may be a secret', async t => {
  const environment = {
    DATABASE_URL: 'postgres://ada:hunter2@localhost',
    JWT_SECRET_KEY: 'hunter2',
    HASHER_SECRET_KEY: 'hunter2',
    MAIL_URL: 'smtp//ada:hunter2@localhost',
  }
  for (const [variable, value] of Object.entries(environment)) {
    const { stderr } = await fastAuthCommand(['serve'], t.testdir(), { [variable]: value })
    t.notMatch(stderr, 'hunter2')
  }
})
