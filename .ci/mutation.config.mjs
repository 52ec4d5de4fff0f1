// Mutation testing by hand, a room at a time: ROOM=access-token npm run mutation. The scores are in docs/security.md.

import { fileURLToPath } from 'node:url'

/**
 * What is mutated, and the tests that have to notice. A mutant runs those of them that come by it, so a room lists tests
 * that are near and quick: a mutant that they let live is looked at by a person.
 * @type {Record<string, { mutate: string[], testFiles: string[] }>}
 */
const rooms = {
  // lib/tokens
  'access-token': {
    mutate: ['lib/tokens/access-token.ts'],
    testFiles: ['test/tokens/access-token.test.ts', 'test/tokens/access-token-forgeries.test.ts'],
  },
  'recent-tokens': { mutate: ['lib/tokens/recent-tokens.ts'], testFiles: ['test/tokens/recent-tokens.test.ts'] },
  'device-token': { mutate: ['lib/tokens/device-token.ts'], testFiles: ['test/tokens/device-token.test.ts'] },
  'api-key': { mutate: ['lib/tokens/api-key.ts'], testFiles: ['test/tokens/api-key.test.ts'] },
  'one-time-token': { mutate: ['lib/tokens/one-time-token.ts'], testFiles: ['test/tokens/one-time-token.test.ts'] },
  'key-pair': { mutate: ['lib/tokens/key-pair.ts'], testFiles: ['test/tokens/key-pair.test.ts'] },
  'extra-claims': {
    mutate: ['lib/tokens/check-extra-claims.ts'],
    testFiles: ['test/tokens/check-extra-claims.test.ts'],
  },
  'refresh-token': { mutate: ['lib/tokens/refresh-token.ts'], testFiles: ['test/tokens/refresh-token.test.ts'] },
  keys: {
    mutate: ['lib/tokens/keyring.ts', 'lib/tokens/signing-keys.ts'],
    testFiles: ['test/tokens/keyring.test.ts', 'test/tokens/signing-keys.test.ts'],
  },
  sealer: { mutate: ['lib/tokens/sealer.ts'], testFiles: ['test/tokens/sealer.test.ts'] },
  rotation: {
    mutate: [
      'lib/storage/classify-rotation.ts',
      'lib/operations/refresh-session.ts',
      'lib/operations/session-lifetimes.ts',
      'lib/operations/tradeable-token.ts',
    ],
    testFiles: [
      'test/storage/classify-rotation.test.ts',
      'test/routes/refresh-*.test.ts',
      'test/routes/revoke-previous-access-token.test.ts',
      'test/plugin/claims.test.ts',
      'test/hooks/hook-calls.test.ts',
      'test/token-modes/sliding-refresh.test.ts',
      'test/telemetry/measurements.test.ts',
    ],
  },
  // lib/passwords
  passwords: {
    mutate: ['lib/passwords/passwords.ts', 'lib/passwords/pepper-ring.ts'],
    testFiles: ['test/passwords/passwords.test.ts', 'test/passwords/pepper-ring.test.ts'],
  },
  'hashing-queue': {
    mutate: ['lib/passwords/hashing-queue.ts'],
    testFiles: ['test/passwords/hashing-queue.test.ts', 'test/passwords/hashing-busy-error.test.ts'],
  },
  'password-policy': {
    mutate: [
      'lib/passwords/password-policy.ts',
      'lib/passwords/rules/*.ts',
      'lib/passwords/context-words.ts',
      'lib/passwords/fold-case.ts',
      'lib/passwords/frequent-passwords.ts',
      'lib/passwords/normalise-password.ts',
      'lib/passwords/breached-password-check.ts',
    ],
    testFiles: [
      'test/passwords/password-policy.test.ts',
      'test/passwords/password-rules.test.ts',
      'test/passwords/normalise-password.test.ts',
      'test/passwords/breached-password-check.test.ts',
    ],
  },
  'hasher-setting': {
    mutate: ['lib/passwords/hasher-setting.ts', 'lib/passwords/prove-hashing.ts', 'lib/passwords/*hashable*.ts'],
    testFiles: [
      'test/passwords/hasher-setting.test.ts',
      'test/passwords/prove-hashing.test.ts',
      'test/passwords/assert-hashable.test.ts',
    ],
  },
  bcrypt: {
    mutate: ['lib/passwords/formats/bcrypt*.ts'],
    testFiles: ['test/passwords/formats/*.test.ts'],
  },
  'salted-hashes': {
    mutate: ['lib/passwords/formats/*.ts', '!lib/passwords/formats/bcrypt*.ts'],
    testFiles: ['hashers', 'hostile-strings', 'known-hashes'].map(name => `test/passwords/formats/${name}.test.ts`),
  },
  // lib/http
  'cross-site-guard': {
    mutate: ['lib/http/cross-site-guard.ts'],
    testFiles: ['test/http/cross-site-guard.test.ts'],
  },
  credential: {
    mutate: ['lib/http/credential.ts'],
    testFiles: [
      'test/http/authenticator.test.ts',
      'test/http/api-key-authentication.test.ts',
      'test/routes/introspect-token.test.ts',
    ],
  },
  'auth-cookies': {
    mutate: ['lib/http/auth-cookies.ts', 'lib/http/read-cookie.ts'],
    testFiles: [
      'test/http/read-cookie.test.ts',
      'test/http/auth-cookies.test.ts',
      'test/routes/sign-out.test.ts',
      'test/token-modes/*.test.ts',
      'test/limits/known-devices.test.ts',
      'test/http/authenticator.test.ts',
    ],
  },
  'client-of': { mutate: ['lib/http/client-of.ts'], testFiles: ['test/http/client-of.test.ts'] },
  'strict-bodies': { mutate: ['lib/http/strict-bodies.ts'], testFiles: ['test/http/strict-bodies.test.ts'] },
  'strict-schemas': { mutate: ['lib/http/strict-schemas.ts'], testFiles: ['test/http/strict-schemas.test.ts'] },
  // lib/operations
  'sign-in': {
    mutate: ['lib/operations/sign-in.ts'],
    testFiles: [
      'test/routes/sign-in.test.ts',
      'test/routes/sign-in-username.test.ts',
      'test/routes/sign-in-confirmation.test.ts',
      'test/routes/sign-in-disabled.test.ts',
      'test/limits/known-devices.test.ts',
      'test/hooks/hook-calls.test.ts',
      'test/routes/sign-in-rehash.test.ts',
    ],
  },
  'change-password': {
    mutate: ['lib/operations/change-password.ts'],
    testFiles: [
      'test/routes/change-password.test.ts',
      'test/routes/revoke-previous-access-token.test.ts',
      'test/hooks/hook-calls.test.ts',
      'test/limits/guesses.test.ts',
    ],
  },
  'reset-password': {
    mutate: ['lib/operations/reset-password.ts', 'lib/operations/mailed-token.ts'],
    testFiles: [
      'test/routes/reset-password.test.ts',
      'test/hooks/hook-calls.test.ts',
      'test/security/pre-hijacking.test.ts',
      'test/security/mailed-token-*.test.ts',
    ],
  },
  authenticate: {
    mutate: ['lib/operations/authenticate.ts'],
    testFiles: [
      'test/http/authenticator.test.ts',
      'test/routes/revocation-modes.test.ts',
      'test/routes/revoke-previous-access-token.test.ts',
      'test/plugin/claims.test.ts',
      'test/http/guards.test.ts',
    ],
  },
  'authenticate-api-key': {
    mutate: ['lib/operations/authenticate-api-key.ts'],
    testFiles: [
      'test/http/api-key-authentication.test.ts',
      'test/http/api-key-last-use.test.ts',
      'test/limits/api-keys.test.ts',
      'test/plugin/disable-user.test.ts',
      'test/telemetry/measurements.test.ts',
    ],
  },
  revoke: {
    mutate: [
      'lib/operations/revoke-*.ts',
      'lib/operations/end-sessions.ts',
      'lib/operations/tell-sessions-revoked.ts',
      'lib/operations/roll-api-key.ts',
    ],
    testFiles: [
      'test/routes/revoke-session.test.ts',
      'test/routes/revoke-other-sessions.test.ts',
      'test/plugin/end-sessions.test.ts',
      'test/plugin/revoke-api-key.test.ts',
      'test/routes/roll-api-key.test.ts',
      'test/hooks/hook-calls.test.ts',
    ],
  },
  'delete-me': {
    mutate: ['lib/operations/delete-me.ts', 'lib/operations/remove-user.ts'],
    testFiles: [
      'test/routes/delete-me.test.ts',
      'test/plugin/delete-user.test.ts',
      'test/hooks/hook-calls.test.ts',
      'test/hooks/hook-refusals.test.ts',
      'test/limits/guesses.test.ts',
    ],
  },
  'introspect-token': {
    mutate: ['lib/operations/introspect-token.ts'],
    testFiles: ['test/routes/introspect-token.test.ts', 'test/plugin/disable-user.test.ts'],
  },
}

// tap ends a test after 30 s otherwise, and a slow machine would count that as a mutant that was noticed.
process.env.TAP_TIMEOUT ??= '300'

const name = process.env.ROOM ?? 'access-token'
const room = rooms[name]
if (room === undefined) throw new Error(`ROOM must be one of ${Object.keys(rooms).join(', ')}`)

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  mutate: room.mutate,
  plugins: [fileURLToPath(new URL('mutation-runner.mjs', import.meta.url))],
  testRunner: 'in-process',
  testRunnerNodeArgs: ['--import=./test/typescript/register.js'],
  inProcess: { testFiles: room.testFiles },
  coverageAnalysis: 'perTest',
  concurrency: 2,
  timeoutMS: 20_000,
  dryRunTimeoutMinutes: 15,
  incremental: true,
  incrementalFile: `coverage/mutation/${name}-incremental.json`,
  tempDirName: '.tap/mutation',
  ignorePatterns: ['.tap', 'coverage', 'dist', 'mail', '.fast-auth'],
  reporters: ['clear-text', 'progress-append-only', 'json'],
  jsonReporter: { fileName: `coverage/mutation/${name}.json` },
  clearTextReporter: { allowColor: false, reportTests: false },
}
