import { readdirSync } from 'node:fs'
import t from 'tap'
import type { Environment } from '../../lib/cli/read-environment.js'
import { readServeSettings } from '../../lib/cli/serve-environment.js'
import { fastAuthCommand } from './fixtures/shell.js'

t.test('the lifetimes of a token mode are those that it leaves a choice of', async t => {
  const { options } = readServeSettings({ TOKEN_MODE: 'access-only', ACCESS_TOKEN_LIFETIME: '3600' })
  t.strictSame(options, {
    trustedOrigins: [],
    tokenMode: 'access-only',
    accessTokenLifetimeSeconds: 3600,
    secondFactor: 'offered',
    cookies: { secure: false },
    passwords: {},
  })
  t.strictSame(readServeSettings({ TOKEN_MODE: 'sliding', REFRESH_GRACE: '0' }).options, {
    ...options,
    tokenMode: 'sliding',
    accessTokenLifetimeSeconds: 900,
    sessionLifetimeSeconds: 2_592_000,
    refreshGraceSeconds: 0,
  })
})

const refusals: readonly (readonly [Environment, string])[] = [
  [{ TOKEN_MODE: 'none' }, 'TOKEN_MODE must be one of pair, access-only, sliding'],
  ...(['SESSION_IDLE_LIFETIME', 'SESSION_LIFETIME', 'REFRESH_GRACE'] as const).map(
    variable =>
      [
        { TOKEN_MODE: 'access-only', [variable]: '60' },
        `${variable} has no effect if TOKEN_MODE is access-only: remove it`,
      ] as const,
  ),
  [
    { TOKEN_MODE: 'sliding', SESSION_IDLE_LIFETIME: '1800' },
    'SESSION_IDLE_LIFETIME has no effect if TOKEN_MODE is sliding: remove it',
  ],
  [
    { TOKEN_MODE: 'sliding', SESSION_LIFETIME: '600' },
    'ACCESS_TOKEN_LIFETIME (900) must not be more than SESSION_LIFETIME (600)',
  ],
  [
    { TOKEN_MODE: 'access-only', ACCESS_TOKEN_LIFETIME: '4' },
    'ACCESS_TOKEN_LIFETIME must be a whole number from 5 to 86400',
  ],
]

for (const [environment, sentence] of refusals) {
  t.test(`serve refuses ${JSON.stringify(environment)} with one sentence, and makes nothing`, async t => {
    const folder = t.testdir()
    const expected = { exitCode: 1, stdout: '', stderr: `fast-auth: ${sentence}\n` }
    t.same(await fastAuthCommand(['serve'], folder, environment), expected)
    t.same(readdirSync(folder), [])
  })
}
