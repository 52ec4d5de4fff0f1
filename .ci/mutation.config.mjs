// Configures mutation testing of one source file: FILE=lib/tokens/access-token.ts npm run mutation
// The scores are in docs/security.md.

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'

const { FILE: file = 'lib/tokens/access-token.ts', TESTS } = process.env
if (!existsSync(file)) throw new Error(`FILE must be a file of the source, as in lib/tokens/access-token.ts: ${file}`)

const name = basename(file, '.ts')

/** Checks whether a test has the name of the file or imports it. Use cases are also tested by the test of hooks. @param {string} test */
function isNear(test) {
  const title = basename(test, '.test.ts')
  if (title === name || title.startsWith(`${name}-`)) return true
  if (file.startsWith('lib/features/') && test === 'test/hooks/hook-calls.test.ts') return true
  return readFileSync(test, 'utf8').includes(`/${file.replace(/ts$/, 'js')}'`)
}

/** Returns the paths of the tests. To add others, set their paths: TESTS=test/limits/guesses.test.ts,test/plugin/claims.test.ts */
function testFiles() {
  const tests = readdirSync('test', { recursive: true, encoding: 'utf8' }).map(path => `test/${path}`)
  const near = tests.filter(path => path.endsWith('.test.ts') && isNear(path))
  return [...near, ...(TESTS?.split(',') ?? [])]
}

// By default, tap ends a test after 30 s. On a slow machine, Stryker would then count the mutant as detected.
process.env.TAP_TIMEOUT ??= '300'

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  mutate: [file],
  plugins: [fileURLToPath(new URL('mutation-runner.mjs', import.meta.url))],
  testRunner: 'in-process',
  testRunnerNodeArgs: ['--import=./test/typescript/register.js'],
  inProcess: { testFiles: testFiles() },
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
