import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, normalize, resolve } from 'node:path'
import { publint } from 'publint'
import t from 'tap'
import { consumerFolder } from './consumer-folder.js'
import { packedProject } from './packed-project.js'
import { reachablePackages } from './reachable-packages.js'

/** Outside the project, so that nothing is found in its node_modules. */
const folder = mkdtempSync(join(tmpdir(), 'fast-auth-'))
t.teardown(() => rmSync(folder, { recursive: true }))
t.setTimeout(300_000)

const { tarball, files, bytes } = packedProject(folder)
const esm = consumerFolder(folder, { consumer: 'esm', tarball, extra: ['react'] })
const commonjs = consumerFolder(folder, { consumer: 'commonjs', tarball, extra: ['react'] })
const typescript = consumerFolder(folder, { consumer: 'typescript', tarball, extra: ['@types/node', '@types/react'] })
const withJwt = consumerFolder(folder, { consumer: 'typescript-with-jwt', tarball, extra: ['@types/node'] })
const browser = consumerFolder(folder, { consumer: 'browser', tarball, extra: ['@types/react'] })
const installed = join(esm, 'node_modules/fast-auth')
const manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'))

const doors = Object.entries<string>(manifest.exports).filter(([, target]) => target.endsWith('.js'))
const throughDoors = doors.map(([door], index) => `export * as door${index} from '${manifest.name}${door.slice(1)}'`)
for (const file of ['doors.mts', 'doors.cts']) writeFileSync(join(typescript, file), throughDoors.join('\n'))

function run(cwd: string, ...command: readonly [string, ...string[]]): string {
  const [program, ...parameters] = command
  const { stdout, stderr } = spawnSync(program, parameters, { cwd, encoding: 'utf8' })
  return stdout + stderr
}

t.test('the package has the build, the document and the papers, and nothing else', async t => {
  const others = files.filter(path => !/^dist\/(lib|schemas|chunks)\/.+\.(js|d\.ts)(\.map)?$/.test(path))
  t.same(others.sort(), [
    'CHANGELOG.md',
    'LICENSE',
    'README.md',
    'THIRD-PARTY-NOTICES.md',
    'openapi.yml',
    'package.json',
  ])
})

/** As it was when this was last written down. */
const recorded = { files: 1_429, packed: 1_931_000, unpacked: 9_449_000 }

t.test('the package has not grown to twice what it was', async t => {
  const measured = { ...bytes, files: files.length }
  t.comment(`${measured.files} files, ${measured.packed} bytes packed, ${measured.unpacked} unpacked`)
  for (const what of ['files', 'packed', 'unpacked'] as const)
    t.ok(measured[what] < 2 * recorded[what], `${what}: ${measured[what]}, and ${recorded[what]} are on record`)
})

t.test('every source map carries its source or names a file of the package', async t => {
  const maps = files.filter(path => path.endsWith('.map'))
  const dangling = maps.filter(path => {
    const { sources, sourcesContent } = JSON.parse(readFileSync(join(installed, path), 'utf8'))
    return sources.some(
      (source: string, index: number) =>
        typeof sourcesContent?.[index] !== 'string' && !files.includes(normalize(join(dirname(path), source))),
    )
  })
  t.same(dangling, [])
})

t.test('publint finds nothing to complain of', async t => {
  const { messages } = await publint({ pkgDir: installed, pack: false, strict: true })
  t.same(messages, [])
})

t.test('the types of every door are found by ESM, by CommonJS and by bundlers', async t => {
  const attw = resolve('node_modules/.bin/attw')
  const options = [
    '--profile',
    'node16',
    '--ignore-rules',
    'cjs-resolves-to-esm',
    '--exclude-entrypoints',
    'openapi.yml',
  ]
  const { status, stdout } = spawnSync(attw, [tarball, ...options], { encoding: 'utf8' })
  t.equal(status === 0 ? '' : stdout, '')
})

t.test('every package that the code or its types reach is declared', async t => {
  const doors = [...Object.values<string>(manifest.exports), ...Object.values<string>(manifest.bin)]
  const entries = doors.filter(path => path.endsWith('.js')).map(normalize)
  const declared = { ...manifest.dependencies, ...manifest.peerDependencies, [manifest.name]: manifest.version }
  const reached = reachablePackages(installed, entries)
  t.ok(reached.includes('fastify-plugin'))
  t.same(
    reached.filter(name => !(name in declared)),
    [],
  )
})

t.test('an ESM application runs on what the package declares to need', async t => {
  t.equal(run(esm, process.execPath, 'app.mjs'), 'Hello, ada@example.com')
})

t.test('a CommonJS application runs with require("fast-auth")', async t => {
  t.equal(run(commonjs, process.execPath, 'app.cjs'), 'Hello, ada@example.com')
})

t.test('if @node-rs/argon2 is not installed, every use of it says how to install it', async t => {
  const sentence = 'For argon2id hashes the package @node-rs/argon2 is needed. Install it: npm install @node-rs/argon2'
  const { boot, signIn } = JSON.parse(run(esm, process.execPath, 'without-argon2.mjs'))
  t.same(boot, { code: 'FAST_AUTH_PASSWORD_HASHER_UNAVAILABLE', message: sentence })
  t.same(signIn.statusCode, 500)
  t.equal(
    signIn.log.filter((line: string) => line.startsWith(sentence)).length > 0,
    true,
    'an imported hash is a failure of the server then, never a wrong password',
  )
})

t.test('every door opens for import and for require, with the same names behind it', async t => {
  const doors = JSON.parse(run(esm, process.execPath, 'doors.mjs'))
  t.ok(doors['.'].includes('fastAuth'))
  t.same(doors['./testing'], [
    'addMember',
    'confirmUser',
    'createOrganization',
    'createSoftwareAuthenticator',
    'createTestClock',
    'fastHasher',
    'linksIn',
    'registerPasskey',
    'setUpTotp',
    'signInUser',
    'signInWithMailedCode',
    'signInWithPasskey',
    'signInWithTotp',
    'signUpUser',
    'tokenIn',
    'totpCode',
  ])
  t.same(doors, JSON.parse(run(commonjs, process.execPath, 'doors.cjs')))
  for (const [door, names] of Object.entries<string[]>(doors)) t.ok(names.length > 0, `${door} has something behind it`)
})

t.test('the OpenAPI document is behind a door', async t => {
  const document = createRequire(join(esm, 'app.mjs')).resolve('fast-auth/openapi.yml')
  t.equal(readFileSync(document, 'utf8'), readFileSync('openapi.yml', 'utf8'))
})

t.test(
  'strict TypeScript applications compile with every door, in ESM and in CommonJS, and their mistakes do not',
  async t => {
    t.equal(run(typescript, resolve('node_modules/.bin/tsc'), '-p', '.'), '')
  },
)

t.test('the types of fast-auth and of a host’s own @fastify/jwt do not clash, whatever the host declares', async t => {
  const strict = ['--noEmit', '--strict', '--target', 'es2023', '--module', 'nodenext', '--types', 'node']
  for (const file of ['declared.mts', 'undeclared.mts', 'as-fast-auth.mts']) {
    t.equal(run(withJwt, resolve('node_modules/.bin/tsc'), ...strict, '--skipLibCheck', 'false', file), '', file)
  }
})

t.test('every door opens for TypeScript where a bundler resolves it', async t => {
  const strict = ['--noEmit', '--strict', '--target', 'es2023', '--types', 'node', '--skipLibCheck', 'false']
  const byBundler = ['--module', 'esnext', '--moduleResolution', 'bundler']
  t.equal(run(typescript, resolve('node_modules/.bin/tsc'), ...strict, ...byBundler, 'doors.mts'), '')
})

t.test('strict TypeScript pages compile without the types of Node.js, and their mistakes do not', async t => {
  t.equal(run(browser, resolve('node_modules/.bin/tsc'), '-p', '.'), '')
})

t.test('the command of the package runs', async t => {
  const secret = run(esm, process.execPath, join(installed, manifest.bin['fast-auth']), 'secret')
  t.match(secret, /^[\w-]{32,}\n$/)
})
