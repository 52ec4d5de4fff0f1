import t from 'tap'
import { pathsIn, readSources } from './read-sources.js'
import { featuresWithGaps } from './rules/features-with-gaps.js'
import { sourceFile } from './source-file.js'

t.test('a feature has one name in every layer', async t => {
  t.same(featuresWithGaps(readSources('schemas', 'lib'), pathsIn('test/routes')), [])
})

t.test('a feature with a gap is noticed, and so is an operationId that differs from its name', async t => {
  const files = [
    sourceFile('lib/routes/index.ts', ''),
    sourceFile('lib/routes/route-dependencies.ts', ''),
    sourceFile('lib/routes/get-me.ts', ''),
    sourceFile('lib/routes/list-sessions.ts', ''),
    sourceFile('lib/routes/sign-in.ts', ''),
    sourceFile('lib/operations/get-me.ts', ''),
    sourceFile('lib/operations/list-sessions.ts', ''),
    sourceFile('schemas/get-me.ts', `export const getMe = { operationId: 'getMe' }`),
    sourceFile('schemas/list-sessions.ts', `export const listSessions = { operationId: 'sessions' }`),
    sourceFile('schemas/sign-off.ts', `export const signOff = { operationId: 'signOff' }`),
  ]
  t.same(featuresWithGaps(files, ['test/routes/get-me.test.ts', 'test/routes/list-sessions.test.ts']), [
    'sign-in has no schemas/sign-in.ts',
    'sign-in has no lib/operations/sign-in.ts',
    'sign-in has no test/routes/sign-in.test.ts',
    'sign-in has no operationId',
    'list-sessions is called sessions',
    'sign-off has no route',
  ])
})
