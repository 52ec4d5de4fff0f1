import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import type { TSchema } from '@sinclair/typebox'
import t from 'tap'
import { commands } from '../../lib/cli/commands.js'
import { usageOf } from '../../lib/cli/help.js'
import { providerVariables, variables } from '../../lib/cli/variables.js'
import { operations } from '../../lib/client/generated/operations.js'
import { OptionsSchema } from '../../lib/composition/options/options-schema.js'
import { table } from './readme.js'

/** Every option by its path, groups opened. */
function optionsOf(schema: { properties: Record<string, TSchema> }, path = ''): [name: string, schema: TSchema][] {
  return Object.entries(schema.properties).flatMap(([name, property]) =>
    Object.keys(property.properties ?? {}).length > 0
      ? optionsOf(property as unknown as { properties: Record<string, TSchema> }, `${path}${name}.`)
      : ([[path + name, property]] as [string, TSchema][]),
  )
}

t.test('the options table names every option, and none that there is not, in the order of the schema', async t => {
  t.same(
    table('options', 'docs/options.md').map(([name]) => name),
    optionsOf(OptionsSchema).map(([name]) => name),
  )
})

t.test('the options table has the defaults of the schema', async t => {
  const documented = new Map(table('options', 'docs/options.md').map(([name, byDefault]) => [name, byDefault]))
  for (const [name, schema] of optionsOf(OptionsSchema).filter(([, schema]) => 'default' in schema)) {
    const text = typeof schema.default === 'string' ? schema.default : JSON.stringify(schema.default)
    t.equal(documented.get(name), text, name)
  }
})

t.test('the options of the README are rows of the table of all, in its order', async t => {
  const all = table('options', 'docs/options.md').map(row => row.join(' | '))
  const some = table('some options').map(row => row.join(' | ').replaceAll('](docs/', ']('))
  t.same(
    some,
    all.filter(row => some.includes(row)),
  )
})

t.test('the route table is what "npm run openapi" writes', async t => {
  const file = `${t.testdir()}/README.md`
  const { stderr, status } = spawnSync(process.execPath, ['.ci/route-table.mjs', file], { encoding: 'utf8' })
  t.equal(status, 0, stderr)
  t.equal(readFileSync('README.md', 'utf8'), readFileSync(file, 'utf8'))
})

t.test('the route table has the path of every operation', async t => {
  const paths = table('routes').map(([, , list = '']) => list.split(', '))
  for (const [, path] of Object.values(operations)) t.ok(paths.flat().includes(`/auth/${path.split('/')[1]}`), path)
})

/** Variables that are not settings of fast-auth. */
const undocumented = ['NODE_ENV']

t.test('the table of variables names every variable that serve reads, in its order', async t => {
  t.same(
    table('variables', 'docs/server.md').map(([name]) => name),
    variables.filter(variable => !undocumented.includes(variable)),
  )
})

t.test('the table of variables of a provider has all of them', async t => {
  const named = table('provider variables', 'docs/server.md').flatMap(([names = '']) => names.split(', '))
  t.same(
    named.map(name => name.replace(/^PROVIDER_[A-Z]+?_/, '')),
    providerVariables,
  )
})

t.test('the table of commands has every command with its usage and its summary, in the order of the help', async t => {
  t.same(
    table('commands', 'docs/server.md'),
    [...commands].map(([name, command]) => [usageOf(name, command), command.summary]),
  )
})
