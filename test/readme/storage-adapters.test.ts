import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import t from 'tap'
import { lifecycleMethods, storageMethods } from '../../lib/composition/storage-methods.js'
import { conformanceCounts } from '../../lib/conformance/index.js'
import { methodsWith, optionalFeatures } from '../../lib/conformance/optional-features.js'
import { block, table } from './readme.js'

const guide = 'docs/storage-adapters.md'
const text = readFileSync(guide, 'utf8')

t.test('the guide names every group of the port', async t => {
  t.same(
    table('methods', guide).map(([group]) => group),
    [...Object.keys(storageMethods), 'the storage'],
  )
})

t.test('the guide says with how many methods an author starts, and which groups each feature adds', async t => {
  const core = methodsWith([])
  const count = (methods: object) => Object.values(methods).flat().length
  const { users = [], sessions = [], revocations = [], ...others } = core
  t.same(others, {})
  t.match(text, `an adapter has ${count(core) + lifecycleMethods.length} methods:`)
  t.match(
    text,
    `- ${users.length} of \`users\`, ${sessions.length} of \`sessions\`, ${revocations.length} of \`revocations\`\n`,
  )
  t.match(text, `- ${lifecycleMethods.length} of the storage itself`)
  t.same(
    table('features', guide).map(([feature, , groups]) => [feature, groups?.split(', ')]),
    optionalFeatures.map(feature => [feature, Object.keys(methodsWith([feature])).filter(group => !(group in core))]),
  )
})

t.test('the guide names every function of the port', async t => {
  const names = table('functions', guide).map(([name]) => name)
  const exported = Object.keys(await import('../../lib/composition/storage.js'))
  t.same(names.toSorted(), exported.toSorted())
})

t.test('the guide says how much the suite proves, and no more', async t => {
  const { cases, races, racers, rounds } = conformanceCounts
  const [, least, leastRaces] = /more than (\d+), of them more than (\d+) races/.exec(text) ?? []
  t.ok(cases > Number(least))
  t.ok(races > Number(leastRaces))
  t.match(text, `A race makes ${racers} concurrent calls, in ${rounds} rounds on one connection`)
})

t.test('the documented proof compiles under strict', async t => {
  /** A folder inside the package, so that `fast-auth` in an import is this package. */
  const cwd = mkdtempSync(resolve('dist', 'docs-'))
  t.teardown(() => rmSync(cwd, { recursive: true, force: true }))
  writeFileSync(`${cwd}/proof.mts`, block('proof', guide).replace('./my-storage.js', './my-storage.mjs'))
  writeFileSync(
    `${cwd}/my-storage.mts`,
    `import type { Storage } from 'fast-auth/storage'
    import type { Pool } from 'pg'
    export declare function myStorage(pool: Pool): Storage`,
  )
  const tsc = resolve('node_modules/typescript/bin/tsc')
  const target = '--strict --noEmit --module nodenext --target es2023 --skipLibCheck --types node'
  const { stdout } = spawnSync(process.execPath, [tsc, ...target.split(' '), 'proof.mts'], { cwd, encoding: 'utf8' })
  t.equal(stdout, '')
})

t.test('the runners of the guide are those that the suite is tried with', async t => {
  const rows = table('runners', guide)
  t.equal(rows.length, 4)
  for (const [runner = '', statement = ''] of rows) {
    const file = `test/conformance/runners/${runner.replace(':', '-')}.test.js`
    t.ok(existsSync(file) && readFileSync(file, 'utf8').includes(statement), runner)
  }
})
