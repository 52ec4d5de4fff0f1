import t from 'tap'
import { readSources } from './read-sources.js'
import { filesWithoutLayer } from './rules/files-without-layer.js'
import { importCircles } from './rules/import-circles.js'
import { importsAgainstTheLayers } from './rules/imports-against-the-layers.js'
import { loadedFromElsewhere } from './rules/loaded-from-elsewhere.js'
import { packagesOutOfPlace } from './rules/packages-out-of-place.js'
import { type SourceFile, sourceFile } from './source-file.js'

const sources = readSources('schemas', 'lib')

/** A file that imports nothing but these. */
function importing(path: string, ...specifiers: readonly string[]): SourceFile {
  return sourceFile(path, specifiers.map(name => `import '${name}'`).join('\n'))
}

t.test('every source file belongs to a layer', async t => {
  t.ok(sources.length > 100)
  t.same(filesWithoutLayer(sources), [])
})

t.test('a file outside every layer is reported', async t => {
  t.same(filesWithoutLayer([importing('lib/extra.ts'), importing('lib/attic/box.ts')]), [
    'lib/extra.ts',
    'lib/attic/box.ts',
  ])
})

t.test('no layer imports a higher layer, and no feature another one out of order', async t => {
  t.same(importsAgainstTheLayers(sources), [])
})

t.test('an import of a higher layer is reported, also of a type alone', async t => {
  const upwards = [
    sourceFile('lib/http/guards.ts', `import type { Dependencies } from '../features/dependencies.js'`),
    sourceFile(
      'lib/features/feature.ts',
      `export type { FastAuthOptions } from '../composition/options/options-schema.js'`,
    ),
    sourceFile('lib/tokens/keyring.ts', `type Guards = import('../http/guards.js').Guards`),
    sourceFile('lib/plugin.ts', `await import('./index.js')`),
    sourceFile(
      'schemas/accounts/user.ts',
      `import { reference } from '../reference.js'\nimport '../../lib/errors/index.js'`,
    ),
    importing('lib/features/api-keys/index.ts', '../../client/index.js'),
    importing('lib/client/index.ts', '../errors/index.js'),
    importing('lib/demo/main.ts', '../client/index.js'),
  ]
  t.same(importsAgainstTheLayers(upwards), [
    'lib/http/guards.ts imports lib/features/dependencies.ts',
    'lib/features/feature.ts imports lib/composition/options/options-schema.ts',
    'lib/tokens/keyring.ts imports lib/http/guards.ts',
    'lib/plugin.ts imports lib/index.ts',
    'schemas/accounts/user.ts imports lib/errors/index.ts',
    'lib/features/api-keys/index.ts imports lib/client/index.ts',
    'lib/client/index.ts imports lib/errors/index.ts',
  ])
})

t.test('an import between features is reported unless it goes down the ladder of those that are always on', async t => {
  const files = [
    importing('lib/features/accounts/sign-up.ts', '../sessions/issue-tokens.js', '../sign-in/sign-in.js'),
    importing('lib/features/sessions/authenticator.ts', '../api-keys/authenticate-api-key.js'),
    importing('lib/features/api-keys/roll-api-key.ts', '../sessions/issue-tokens.js', '../audit-log/event-log.js'),
    importing('lib/features/base-storage.ts', './accounts/port.js', './accounts/sign-up.js'),
  ]
  t.same(importsAgainstTheLayers(files), [
    'lib/features/accounts/sign-up.ts imports lib/features/sign-in/sign-in.ts',
    'lib/features/sessions/authenticator.ts imports lib/features/api-keys/authenticate-api-key.ts',
    'lib/features/api-keys/roll-api-key.ts imports lib/features/audit-log/event-log.ts',
    'lib/features/base-storage.ts imports lib/features/accounts/sign-up.ts',
  ])
})

t.test('the kernel of an engine is imported by its parts and by the engines only', async t => {
  const files = [
    importing('lib/features/api-keys/storage/sql.ts', '../../../storage/sql/rows.js', '../port.js'),
    importing('lib/features/api-keys/storage/memory.ts', '../../../storage/sql/rows.js', '../../../http/guards.js'),
    importing('lib/features/api-keys/roll-api-key.ts', '../../storage/redis/keys.js', './storage/redis.js'),
    importing('lib/engines/redis.ts', '../storage/redis/keys.js', '../features/api-keys/storage/redis.js'),
    importing('lib/plugin.ts', './engines/memory.js'),
    importing('lib/cli/serve.ts', '../engines/sqlite.js', '../index.js'),
  ]
  t.same(importsAgainstTheLayers(files), [
    'lib/features/api-keys/storage/memory.ts imports lib/storage/sql/rows.ts',
    'lib/features/api-keys/storage/memory.ts imports lib/http/guards.ts',
    'lib/features/api-keys/roll-api-key.ts imports lib/storage/redis/keys.ts',
    'lib/features/api-keys/roll-api-key.ts imports lib/features/api-keys/storage/redis.ts',
    'lib/plugin.ts imports lib/engines/memory.ts',
  ])
})

t.test('lib/testing loads no other module of the package', async t => {
  t.ok(sources.some(({ path }) => path.startsWith('lib/testing/')))
  t.same(loadedFromElsewhere('lib/testing', sources), [])
})

t.test('code that is loaded from another layer is reported, and a type is not', async t => {
  const files = [
    sourceFile(
      'lib/testing/post.ts',
      `import type { User } from '../../schemas/accounts/user.js'
      import { type Sender, memorySender } from '../email/index.js'
      import { tokenIn } from './mailed-token.js'`,
    ),
    sourceFile('lib/testing/index.ts', `export * from '../email/index.js'\nexport type { A } from '../email/a.js'`),
    importing('lib/plugin.ts', '../schemas/index.js'),
  ]
  t.same(loadedFromElsewhere('lib/testing', files), [
    'lib/testing/post.ts loads ../email/index.js',
    'lib/testing/index.ts loads ../email/index.js',
  ])
})

t.test('no file reaches itself by its imports', async t => {
  t.same(importCircles(sources), [])
})

t.test('a circle of imports is noticed once, with every file on it', async t => {
  const files = [
    importing('lib/http/first.ts', './second.js'),
    importing('lib/http/second.ts', './third.js', './leaf.js'),
    importing('lib/http/third.ts', './second.js'),
    importing('lib/http/leaf.ts'),
  ]
  t.same(importCircles(files), ['lib/http/second.ts → lib/http/third.ts → lib/http/second.ts'])
})

t.test('every package is imported only where it belongs', async t => {
  t.same(packagesOutOfPlace(sources), [])
})

t.test('a package in the wrong layer is reported', async t => {
  const files = [
    importing('schemas/accounts/user.ts', '@sinclair/typebox', 'ajv'),
    importing('lib/errors/define-error.ts', '@fastify/error'),
    sourceFile('lib/features/sign-in/sign-in.ts', `import type { FastifyRequest } from 'fastify'`),
    importing('lib/features/sign-in/sign-in.route.ts', 'fastify'),
    importing('lib/tokens/access-token.ts', '@fastify/jwt', 'node:crypto'),
    importing('lib/storage/memory/memory-users.ts', 'kysely'),
    importing('lib/features/api-keys/storage/sql.ts', 'kysely', 'node:fs', 'pg'),
    importing('lib/conformance/contract.ts', 'node:assert/strict', 'node:crypto', 'node:fs'),
    sourceFile('lib/cli/serve.ts', `const { Kysely } = require('kysely')`),
    importing('lib/composition/fast-auth.ts', 'fastify'),
    importing('lib/demo/main.ts', 'uqr'),
  ]
  t.same(packagesOutOfPlace(files), [
    'schemas/accounts/user.ts imports ajv',
    'lib/features/sign-in/sign-in.ts imports fastify',
    'lib/tokens/access-token.ts imports @fastify/jwt',
    'lib/storage/memory/memory-users.ts imports kysely',
    'lib/features/api-keys/storage/sql.ts imports pg',
    'lib/conformance/contract.ts imports node:fs',
    'lib/cli/serve.ts imports kysely',
    'lib/demo/main.ts imports uqr',
  ])
})
