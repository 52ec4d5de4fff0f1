import { readdirSync } from 'node:fs'
import t from 'tap'
import { features } from '../../lib/composition/features.js'
import { storageMethods } from '../../lib/composition/storage-methods.js'
import { joinStorageMethods, kernelMethods } from '../../lib/storage/storage-methods.js'
import { namedSchemas } from '../../schemas/index.js'
import { operations } from '../support/operations.js'
import { pathsIn, readSources } from './read-sources.js'
import { operationsWithGaps } from './rules/operations-with-gaps.js'
import { sourceFile } from './source-file.js'

t.test('an operation has one name in the folders of its feature', async t => {
  t.same(operationsWithGaps(readSources('schemas', 'lib'), pathsIn('test')), [])
})

t.test('an operation with a gap is noticed, and so is an operationId that differs from its name', async t => {
  const files = [
    sourceFile('lib/features/route-dependencies.ts', ''),
    sourceFile('lib/features/accounts/get-me.route.ts', ''),
    sourceFile('lib/features/sessions/list-sessions.route.ts', ''),
    sourceFile('lib/features/sign-in/sign-in.route.ts', ''),
    sourceFile('schemas/accounts/get-me.ts', `export const getMe = { operationId: 'getMe' }`),
    sourceFile('schemas/sessions/list-sessions.ts', `export const listSessions = { operationId: 'sessions' }`),
    sourceFile('schemas/sessions/sign-off.ts', `export const signOff = { operationId: 'signOff' }`),
  ]
  t.same(operationsWithGaps(files, ['test/accounts/get-me.test.ts', 'test/sessions/list-sessions.test.ts']), [
    'sign-in has no schemas/sign-in/sign-in.ts',
    'sign-in has no test/sign-in/sign-in.test.ts',
    'sign-in has no operationId',
    'list-sessions is called sessions',
    'sign-off has no route',
  ])
})

t.test('every folder of a feature has a manifest of its name in the list', async t => {
  const folders = readdirSync('lib/features', { withFileTypes: true })
  const names = folders.filter(entry => entry.isDirectory()).map(({ name }) => name)
  t.same(features.map(({ name }) => name).toSorted(), names.toSorted())
})

t.test('every operation belongs to the manifest of one feature', async t => {
  // An operation that changes with an option has several schemas.
  const names = new Set(operations.map(([, { operationId }]) => operationId))
  t.equal(features.flatMap(({ routes }) => routes).length, names.size)
})

t.test('the manifests name every schema and every method of the storage', async t => {
  const names = features.flatMap(({ schemas }) => schemas).map(({ $id }) => $id)
  t.same(
    [...names, 'fast-auth.AuthError'],
    namedSchemas.map(({ $id }) => $id),
  )
  const needed = joinStorageMethods([...features.map(feature => feature.storageMethods), kernelMethods])
  const sorted = (methods: Readonly<Record<string, readonly string[]>>) =>
    Object.entries(methods)
      .map(([group, list]) => [group, [...list].sort()])
      .sort()
  t.same(sorted(needed), sorted(storageMethods))
})
