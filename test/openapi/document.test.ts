import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import t, { type Test } from 'tap'
import { generatedDocument } from './generated-document.js'

interface Findings {
  readonly totals: { readonly errors: number; readonly warnings: number; readonly ignored: number }
  readonly problems: readonly { readonly ruleId: string; readonly message: string }[]
}

/** Lints a document with the project's rules. */
function lint(t: Test, document: string): Findings {
  const file = resolve(t.testdir(), 'openapi.yml')
  writeFileSync(file, document)
  const redocly = resolve('node_modules/.bin/redocly')
  const { stdout } = spawnSync(redocly, ['lint', file, '--config', 'test/openapi/redocly.yaml', '--format', 'json'], {
    encoding: 'utf8',
    env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
  })
  return JSON.parse(stdout)
}

t.test('openapi.yml is what the routes say', async t => {
  t.equal(readFileSync('openapi.yml', 'utf8'), await generatedDocument(), 'refresh it with: npm run openapi')
})

t.test('every run writes the same bytes', async t => {
  t.equal(await generatedDocument(), await generatedDocument())
})

t.test('the linter finds nothing in the document', async t => {
  const { totals, problems } = lint(t, await generatedDocument())
  t.same(problems, [])
  t.same(totals, { errors: 0, warnings: 0, ignored: 0 })
})

t.test('the linter finds a reference to nothing and an operation without a name', async t => {
  const document = await generatedDocument()
  const broken = document.replace('schemas/AuthSignIn"', 'schemas/Nothing"').replace(/ +operationId: signIn\n/, '')
  const rules = lint(t, broken).problems.map(({ ruleId }) => ruleId)
  t.ok(rules.includes('no-unresolved-refs'))
  t.ok(rules.includes('operation-operationId'))
})
