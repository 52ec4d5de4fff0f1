// Measures the cost of type checking: compares the example application with a bare Fastify one that has the same type provider.
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { mediansOf, report } from './report.js'
import { longOrShort } from './settings.js'
import { spread } from './statistics.js'

const rounds = longOrShort(5, 1)
const folder = fileURLToPath(new URL('../examples/members-only', import.meta.url))
const barePath = resolve(folder, 'bare.ts')
const bare = `
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import { Type } from '@sinclair/typebox'
import Fastify from 'fastify'
const app = Fastify().withTypeProvider<TypeBoxTypeProvider>()
app.post('/hello', { schema: { body: Type.Object({ name: Type.String() }) } }, async ({ body }) => \`Hello, \${body.name}\`)
await app.listen({ port: 3000 })
`

const read = ts.readConfigFile(resolve(folder, 'tsconfig.json'), ts.sys.readFile)
const { options, fileNames } = ts.parseJsonConfigFileContent(read.config, ts.sys, folder)

/** @param {readonly string[]} roots */
function check(roots) {
  const host = ts.createCompilerHost(options)
  const { readFile, fileExists } = host
  host.readFile = path => (path === barePath ? bare : readFile(path))
  host.fileExists = path => path === barePath || fileExists(path)
  const startedAt = performance.now()
  const program = ts.createProgram(roots, options, host)
  const [problem] = ts.getPreEmitDiagnostics(program)
  if (problem !== undefined) throw new Error(ts.flattenDiagnosticMessageText(problem.messageText, '\n'))
  const files = program.getSourceFiles().length
  return { seconds: (performance.now() - startedAt) / 1000, instantiations: program.getInstantiationCount(), files }
}

const programs = { 'bare Fastify': [barePath], 'example with fast-auth': fileNames }
/** @type {Record<string, ReturnType<typeof check>[]>} */
const measured = {}
for (let round = 0; round <= rounds; round += 1) {
  for (const [name, roots] of Object.entries(programs)) {
    const one = check(roots)
    // The first round is a warm-up of the compiler.
    if (round > 0) measured[name] = [...(measured[name] ?? []), one]
  }
}

const rows = Object.entries(measured).map(([name, runs]) => {
  const [{ instantiations, files } = { instantiations: 0, files: 0 }] = runs
  const seconds = runs.map(run => run.seconds)
  return [name, `${files}`, instantiations.toLocaleString('en'), spread(seconds, value => value.toFixed(2))]
})
await report({
  name: 'type-checking',
  columns: ['', 'files', 'instantiations', 'seconds'],
  rows,
  conditions: mediansOf(rounds),
  packages: ['typescript', 'fastify'],
})
