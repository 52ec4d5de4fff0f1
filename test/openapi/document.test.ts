import { readFileSync } from 'node:fs'
import t from 'tap'
import { generatedDocument } from './generated-document.js'
import { lint } from './lint.js'

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
