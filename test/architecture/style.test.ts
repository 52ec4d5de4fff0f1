import t from 'tap'
import { pathsIn, readSources } from './read-sources.js'
import { escapesFromTheChecks } from './rules/escapes-from-the-checks.js'
import { hiddenInputs } from './rules/hidden-inputs.js'
import { longFiles } from './rules/long-files.js'
import { namesNotInKebabCase } from './rules/names-not-in-kebab-case.js'
import { namesThatSayNothing } from './rules/names-that-say-nothing.js'
import { sourceFile } from './source-file.js'

const sources = readSources('schemas', 'lib')
const everything = ['schemas', 'lib', 'test', 'examples', 'bench']

t.test('operations and adapters read no clock, no chance and no environment', async t => {
  t.same(hiddenInputs(sources), [])
})

t.test('a hidden input of an operation is noticed', async t => {
  const operation = sourceFile(
    'lib/features/sign-in/sign-in.ts',
    `
    const clock = Date.now
    const now = new Date()
    const later = new Date
    const at = new Date(instant).toISOString()
    const isProduction = process.env.NODE_ENV === 'production'
    const dice = Math.random()
    `,
  )
  t.same(hiddenInputs([operation]), [
    'lib/features/sign-in/sign-in.ts reads Date.now',
    'lib/features/sign-in/sign-in.ts reads new Date()',
    'lib/features/sign-in/sign-in.ts reads new Date()',
    'lib/features/sign-in/sign-in.ts reads process.env',
    'lib/features/sign-in/sign-in.ts reads Math.random',
  ])
})

t.test('a clock in an adapter is noticed', async t => {
  const adapter = sourceFile('lib/features/accounts/storage/sql.ts', 'const now = Date.now(), pause = Math.random()')
  t.same(hiddenInputs([adapter]), ['lib/features/accounts/storage/sql.ts reads Date.now'])
})

t.test('other layers may read a clock', async t => {
  t.same(hiddenInputs([sourceFile('lib/composition/options/resolve-options.ts', 'const clock = Date.now')]), [])
})

t.test('every source file is checked', async t => {
  t.same(escapesFromTheChecks(sources), [])
})

t.test('an escape from the checks is noticed, and a word that only looks like one is not', async t => {
  const escapes = [
    sourceFile('lib/a.ts', 'export const a = (value: any) => value'),
    sourceFile('lib/b.ts', `// @${'ts-ignore'}\nexport const b = list[0]!`),
    sourceFile('lib/c.ts', `/* c8 ${'ignore'} next */`),
    sourceFile('lib/d.ts', `/** any */ export const any = 'any'`),
  ]
  t.same(escapesFromTheChecks(escapes), [
    'lib/a.ts says any',
    'lib/b.ts says list[0]!',
    `lib/b.ts says @${'ts-ignore'}`,
    `lib/c.ts says c8 ${'ignore'}`,
  ])
})

t.test('no file has more than 250 lines', async t => {
  t.same(longFiles(readSources(...everything)), [])
})

t.test('the line after the 250th is noticed', async t => {
  const [longest, tooLong] = [250, 251].map(lines => sourceFile(`lib/${lines}.ts`, '\n'.repeat(lines)))
  t.same(longFiles([longest, tooLong].flatMap(file => file ?? [])), ['lib/251.ts has 251 lines'])
})

t.test('every path says what is there', async t => {
  t.same(namesThatSayNothing(pathsIn(...everything)), [])
})

t.test('a path that says nothing is noticed', async t => {
  const paths = ['lib/utils/hash.ts', 'lib/http/cookie-helpers.ts', 'lib/types.ts', 'lib/core.ts', 'lib/score.ts']
  t.same(namesThatSayNothing(paths), ['lib/utils/hash.ts', 'lib/http/cookie-helpers.ts', 'lib/types.ts', 'lib/core.ts'])
})

t.test('every path is in kebab-case', async t => {
  t.same(namesNotInKebabCase(pathsIn(...everything)), [])
})

t.test('a path in another case is noticed', async t => {
  const paths = ['lib/signIn.ts', 'lib/sign_in.ts', 'lib/sign-in.ts', 'lib/SignIn/a.ts', 'test/a-b.test.ts']
  t.same(namesNotInKebabCase(paths), ['lib/signIn.ts', 'lib/sign_in.ts', 'lib/SignIn/a.ts'])
})
