import t from 'tap'
import { pathsIn, readSources } from './read-sources.js'
import { featuresWithGaps } from './rules/features-with-gaps.js'
import { sourceFile } from './source-file.js'

t.test('a feature has one name in every layer', async t => {
  t.same(featuresWithGaps(readSources('schemas', 'lib'), pathsIn('test/routes')), [])
})

t.test('a feature with a gap is noticed, and so is an operationId that differs from its name', async t => {
  const files = [
    sourceFile('lib/composition/routes.ts', ''),
    sourceFile('lib/features/route-dependencies.ts', ''),
    sourceFile('lib/features/accounts/get-me.route.ts', ''),
    sourceFile('lib/features/sessions/list-sessions.route.ts', ''),
    sourceFile('lib/features/sign-in/sign-in.route.ts', ''),
    sourceFile('lib/features/accounts/get-me.ts', ''),
    sourceFile('lib/features/sessions/list-sessions.ts', ''),
    sourceFile('schemas/accounts/get-me.ts', `export const getMe = { operationId: 'getMe' }`),
    sourceFile('schemas/sessions/list-sessions.ts', `export const listSessions = { operationId: 'sessions' }`),
    sourceFile('schemas/sign-off.ts', `export const signOff = { operationId: 'signOff' }`),
  ]
  t.same(featuresWithGaps(files, ['test/accounts/get-me.test.ts', 'test/sessions/list-sessions.test.ts']), [
    'sign-in has no schemas/sign-in/sign-in.ts',
    'sign-in has no lib/features/sign-in/sign-in.ts',
    'sign-in has no test/sign-in/sign-in.test.ts',
    'sign-in has no operationId',
    'list-sessions is called sessions',
    'sign-off has no route',
  ])
})
