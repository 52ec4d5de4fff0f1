import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import t from 'tap'
import ts from 'typescript'
import { codeIn, memberDocs, programOf } from './doc-comments.js'

interface Example {
  /** The file, or the path of the option. */
  readonly place: string
  readonly language: string
  readonly code: string
}

/** Groups of options whose own options have examples. */
const groups = ['cookies', 'passwords', 'limits', 'apiKeys', 'email', 'hooks', 'purge', 'revocationFeed']

const declarations = 'dist/lib/index.d.ts'

/** The doc comments of the options in the published declarations, as editors show them. */
const optionDocs = memberDocs(programOf([declarations]), { path: declarations, name: 'FastAuthOptions', open: groups })

function optionExamples(): readonly Example[] {
  return optionDocs.flatMap(({ name, tags }) =>
    (tags.example ?? []).flatMap(example => codeIn(example).map(block => ({ place: name, ...block }))),
  )
}

const optionFile = /[\\/]options(?:[\\/]|\.)/

/** The examples in the doc comments of all other sources. */
function sourceExamples(folder: string): readonly Example[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(file => /(?<!\.d)\.ts$/.test(file))
  return files
    .map(file => join(folder, file))
    .filter(place => !optionFile.test(place))
    .flatMap(place => {
      const comments = readFileSync(place, 'utf8').match(/\/\*\*[\s\S]*?\*\//g) ?? []
      return comments
        .filter(comment => comment.includes('@example'))
        .flatMap(comment => codeIn(comment.replace(/^\s*\* ?/gm, '')))
        .map(block => ({ place, ...block }))
    })
}

/** Variables that examples use without declaring them, with their types. */
const known = {
  app: "import('fastify').FastifyInstance",
  secrets: 'readonly string[]',
  storage: "import('fast-auth/storage').Storage",
  userId: 'string',
  client: "import('fast-auth/client').AuthClient",
}

/** Exports that examples of the same entry point use without an import. */
const importable = {
  'fast-auth': ['fastAuth', 'currentOrganization', 'currentUser', 'SignUpRefusedError', 'SignInRefusedError'],
  'fast-auth/client': ['createAuthClient'],
  'fast-auth/email': ['memorySender'],
} as const

/** The names that a module declares or imports at its top level. */
function declaredIn(code: string): ReadonlySet<string> {
  const file = ts.createSourceFile('example.tsx', code, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX)
  const names = new Set<string>()
  function visit(node: ts.Node): void {
    const isNamed = ts.isVariableDeclaration(node) || ts.isBindingElement(node) || ts.isFunctionDeclaration(node)
    if ((isNamed || ts.isImportSpecifier(node) || ts.isImportClause(node)) && node.name && ts.isIdentifier(node.name))
      names.add(node.name.text)
    if (!ts.isFunctionLike(node) || ts.isFunctionDeclaration(node)) ts.forEachChild(node, visit)
  }
  for (const statement of file.statements) visit(statement)
  return names
}

/** The type of the options in the group of an option. */
function groupType(option: string): string {
  const parents = option.split('.').slice(0, -1)
  return parents.reduce((type, name) => `NonNullable<${type}['${name}']>`, "import('fast-auth').FastAuthOptions")
}

/** A module of its own, with what the example leaves out. An option alone becomes an object of its group. */
function moduleOf({ place, code }: Example): string {
  const option = place.split('.').at(-1) ?? ''
  const isProperty = new RegExp(`^(?:async )?${option}[:(]`).test(code)
  const statements = isProperty ? `({\n${code}\n}) satisfies Partial<${groupType(place)}>` : code
  const declared = declaredIn(statements)
  const isMissing = (name: string) => !declared.has(name) && new RegExp(`\\b${name}\\b`).test(statements)
  const imports = Object.entries(importable).map(([door, names]) => {
    const missing = names.filter(isMissing)
    return missing.length === 0 ? '' : `import { ${missing.join(', ')} } from '${door}'`
  })
  const variables = Object.entries(known).map(([name, type]) =>
    isMissing(name) ? `declare const ${name}: ${type}` : '',
  )
  return `${["import type {} from 'fast-auth'", ...imports, ...variables].filter(Boolean).join('\n')}\n;${statements}\n`
}

const flags =
  '--strict --noEmit --module nodenext --target es2023 --lib es2023,dom --jsx react-jsx --skipLibCheck --types node'.split(
    ' ',
  )

t.test('the published declarations have the doc comment of every option', async t => {
  t.ok(optionDocs.length > 100, `${optionDocs.length} options`)
  for (const { name, text } of optionDocs) t.ok(text, name)
})

t.test('the examples in doc comments compile', async t => {
  // A folder inside the package, so that `fast-auth` in an import is this package.
  const cwd = mkdtempSync(resolve('dist', 'examples-'))
  t.teardown(() => rmSync(cwd, { recursive: true, force: true }))
  const examples = [...optionExamples(), ...sourceExamples('lib'), ...sourceExamples('schemas')]
  t.ok(examples.length > 90, `${examples.length} examples`)
  const files = examples.map((example, index) => {
    const file = `${index}-${example.place.replace(/\W+/g, '-')}.${example.language === 'tsx' ? 'tsx' : 'mts'}`
    writeFileSync(join(cwd, file), moduleOf(example))
    return file
  })
  const tsc = resolve('node_modules/typescript/bin/tsc')
  const { stdout } = spawnSync(process.execPath, [tsc, ...flags, ...files], { cwd, encoding: 'utf8' })
  t.equal(stdout, '')
})
