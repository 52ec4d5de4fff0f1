import { readdirSync, readFileSync } from 'node:fs'
import t from 'tap'
import ts from 'typescript'

const documents = ['README.md', ...readdirSync('docs').map(file => `docs/${file}`)]

/** Every block of code in JavaScript or TypeScript, with where it is. */
const snippets = documents.flatMap(document => {
  const text = readFileSync(document, 'utf8')
  return Array.from(text.matchAll(/^```(?:jsx?|tsx?)\n([\s\S]*?)^```$/gm), ({ 1: code = '', index }) => ({
    where: `${document}:${text.slice(0, index).split('\n').length}`,
    code,
  }))
})

t.test('every piece of code in the documents is of the language', async t => {
  t.ok(snippets.length > 30)
  for (const { where, code } of snippets) {
    // Lines to be put among the options of a call.
    const text = /^ {2}\w+:/.test(code) ? `({${code}})` : code
    const compilerOptions = { jsx: ts.JsxEmit.Preserve, target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.ESNext }
    const { diagnostics = [] } = ts.transpileModule(text, {
      compilerOptions,
      fileName: 'snippet.tsx',
      reportDiagnostics: true,
    })
    t.same(
      diagnostics.map(({ messageText }) => messageText),
      [],
      where,
    )
  }
})

t.test('everything that the documents import from fast-auth is there', async t => {
  const imports = snippets.flatMap(({ where, code }) =>
    Array.from(code.matchAll(/import \{([^}]+)\} from '(fast-auth[^']*)'/g), ([, names = '', door = '']) => ({
      where,
      door,
      names: names.split(',').map(name => name.trim()),
    })),
  )
  t.ok(imports.length > 20)
  for (const { where, door, names } of imports) {
    const exported = Object.keys(await import(door))
    const types = new Set(['BreachedPasswordCheck', 'FastAuthOptions', 'AuthEvent', 'Storage'])
    for (const name of names.filter(name => !name.startsWith('type ') && !types.has(name)))
      t.ok(exported.includes(name), `${where}: ${name} of ${door}`)
  }
})
