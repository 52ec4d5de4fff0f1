import t from 'tap'
import { resolveOptions } from '../../lib/composition/options/resolve-options.js'
import { createWarner } from '../../lib/composition/options/warnings/create-warner.js'
import { unsafeOptionWarnings } from '../../lib/composition/options/warnings/unsafe-option-warnings.js'
import { type WarningCode, warnings } from '../../lib/composition/options/warnings/warnings.js'
import type { Storage } from '../../lib/composition/storage.js'
import { memoryStorage } from '../../lib/engines/memory.js'
import { postgresStorage } from '../../lib/engines/postgres.js'
import { sqliteStorage } from '../../lib/engines/sqlite.js'
import { consoleSender, directorySender, memorySender, smtpSender } from '../../lib/mail/index.js'
import { secret } from '../support/secret.js'
import { testApplication } from '../support/test-application.js'

const onANetwork: Storage = { ...memoryStorage(), reach: 'network' }
const onThisMachine: Storage = { ...memoryStorage(), reach: 'machine' }
const publicUrl = 'https://app.example.com'
const emailOf = (sender: object) => ({ publicUrl, email: { sender, from: 'accounts@example.com' } })

/** The warnings about these options, which are safe otherwise. */
function dangers(options: object, isProduction: boolean): readonly WarningCode[] {
  const settled = resolveOptions({ secrets: [secret], storage: onThisMachine, ...options }, { isProduction })
  return unsafeOptionWarnings(settled, { isProduction })
}

interface Example {
  readonly dangerous: readonly object[]
  readonly right: readonly object[]
  /** The other options are as unsafe in development. */
  readonly inProductionAlone?: true
}

const examples: Partial<Record<WarningCode, Example>> = {
  FAST_AUTH_WARN_PUBLIC_URL_HTTP: {
    inProductionAlone: true,
    dangerous: [{ publicUrl: 'http://app.example.com' }, { publicUrl: 'http://localhost.example.com/app' }],
    right: [
      {},
      ...[publicUrl, 'http://localhost:3000', 'http://127.0.0.1', 'http://[::1]:80'].map(url => ({ publicUrl: url })),
    ],
  },
  FAST_AUTH_WARN_TRUSTED_ORIGIN_HTTP: {
    inProductionAlone: true,
    dangerous: [{ trustedOrigins: [publicUrl, 'http://localhost:5173'] }, { trustedOrigins: ['http://a.example'] }],
    right: [{}, { trustedOrigins: [] }, { trustedOrigins: [publicUrl] }],
  },
  FAST_AUTH_WARN_STORAGE_FORGETS: {
    inProductionAlone: true,
    dangerous: [{ storage: memoryStorage() }, { storage: sqliteStorage({ file: ':memory:' }) }],
    right: [{}, { storage: onANetwork }, { storage: { ...memoryStorage(), reach: undefined } }],
  },
  FAST_AUTH_WARN_REVOCATION_UNREAD: {
    dangerous: [{ storage: onANetwork, revocation: 'none' }],
    right: [
      { revocation: 'none' },
      { storage: onANetwork },
      { storage: onANetwork, revocation: 'strict' },
      { storage: { ...memoryStorage(), reach: undefined }, revocation: 'none' },
    ],
  },
  FAST_AUTH_WARN_REFRESH_WITHOUT_GRACE: {
    dangerous: [{ refreshGraceSeconds: 0 }, { refreshGraceSeconds: 0, tokenMode: 'sliding' }],
    right: [{}, { refreshGraceSeconds: 1 }, { tokenMode: 'sliding' }, { tokenMode: 'access-only' }],
  },
  FAST_AUTH_WARN_SAME_SITE_NONE: {
    dangerous: [{ cookies: { sameSite: 'none' } }],
    right: [{}, { cookies: { sameSite: 'none' }, requireOriginHeader: true }, { cookies: { sameSite: 'strict' } }],
  },
  FAST_AUTH_WARN_MAIL_UNDELIVERED: {
    inProductionAlone: true,
    dangerous: [consoleSender(), memorySender(), directorySender({ directory: 'mail' })].map(emailOf),
    right: [{}, ...[smtpSender({ url: 'smtp://mail.example.com' }), { send: async () => {} }].map(emailOf)],
  },
}

for (const [code, { dangerous, right, inProductionAlone = false }] of Object.entries(examples)) {
  t.test(`${code} is shown for unsafe options, and for no others`, async t => {
    for (const options of dangerous) {
      t.same(dangers(options, true), [code])
      t.same(dangers(options, false), inProductionAlone ? [] : [code])
    }
    for (const options of right) t.same([...dangers(options, true), ...dangers(options, false)], [])
  })
}

t.test('storages say how far they reach', async t => {
  const pool = { connect: () => Promise.reject(new Error('not here')) }
  t.equal(memoryStorage().reach, 'process')
  t.equal(sqliteStorage({ file: ':memory:' }).reach, 'process')
  t.equal(sqliteStorage({ file: `${t.testdir()}/users.db` }).reach, 'machine')
  t.equal(postgresStorage({ pool }).reach, 'network')
})

t.test('a storage may say anything else about its reach, or nothing, and is taken', async t => {
  for (const reach of [undefined, 'galaxy', 5]) {
    t.same(dangers({ storage: { ...memoryStorage(), reach }, revocation: 'none' }, true), [])
  }
})

/** The lines of a warner that gets the same warning twice. */
function linesOf(silenced: readonly WarningCode[]): [object, string][] {
  const lines: [object, string][] = []
  const warn = createWarner({ log: { warn: (...line) => lines.push(line) }, silenced })
  for (const code of ['FAST_AUTH_WARN_CORS_OPEN', 'FAST_AUTH_WARN_CORS_OPEN'] as const) warn(code)
  return lines
}

t.test('a warning is logged once, with its code and where to read on', async t => {
  const code = 'FAST_AUTH_WARN_CORS_OPEN'
  t.same(linesOf([]), [[{ code }, `fast-auth: ${warnings[code]} See docs/security.md#fast_auth_warn_cors_open`]])
  t.same(linesOf(['FAST_AUTH_WARN_PROXY_UNTRUSTED']).length, 1)
})

t.test('a silenced warning is not logged', async t => {
  t.same(linesOf(['FAST_AUTH_WARN_CORS_OPEN']), [])
})

t.test('the boot logs its warnings, and not the silenced', async t => {
  const code = 'FAST_AUTH_WARN_REFRESH_WITHOUT_GRACE'
  t.same((await testApplication(t, { options: { refreshGraceSeconds: 0 } })).warned, [code])
  t.same((await testApplication(t, { options: { refreshGraceSeconds: 0, silencedWarnings: [code] } })).warned, [])
})
