import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import ts from 'typescript'
import { table } from './readme.js'

const rows = table('unused words', 'docs/glossary.md')
const listOf = (cell = '', separator = ', ') => cell.split(separator).filter(text => text !== '')
const words = rows.flatMap(([unused]) => listOf(unused))
const usesThatStay = rows.flatMap(row => listOf(row[2], '; '))

/** Words of a phrase may be on two lines of a comment. */
const pattern = words.map(word => word.replaceAll(' ', String.raw`\s+(?:\*\s+|//\s+)?`)).join('|')
const found = (text: string) => text.match(new RegExp(String.raw`\b(?:${pattern})\b`, 'gi')) ?? []

/** A document without code, without the table of these words and without quoted titles of tests. */
function sentencesOfDocument(text: string): string {
  return text
    .replace(/^```[\s\S]*?^```$/gm, '')
    .replace(/<!-- (?:requirements|unused words) -->\n(?:\|.*\n)+/g, '')
    .replace(/`[^`\n]*`/g, '')
}

/** The comments of a source, and its strings that have a space. */
function sentencesOfSource(source: string): string {
  const file = ts.createSourceFile('source.tsx', source, ts.ScriptTarget.Latest, true)
  const comments = new Map<number, string>()
  const strings: string[] = []
  function visit(node: ts.Node): void {
    const leading = ts.getLeadingCommentRanges(source, node.pos) ?? []
    const trailing = ts.getTrailingCommentRanges(source, node.end) ?? []
    for (const { pos, end } of [...leading, ...trailing]) comments.set(pos, source.slice(pos, end))
    if (ts.isStringLiteral(node) || ts.isTemplateLiteralToken(node) || ts.isJsxText(node)) strings.push(node.text)
    for (const child of node.getChildren(file)) visit(child)
  }
  visit(file)
  return [...comments.values(), ...strings.filter(text => text.includes(' '))].join('\n')
}

/** The lines of a shell script that are comments. */
const sentencesOfScript = (text: string) => text.match(/^\s*#.*$/gm)?.join('\n') ?? ''

function sentencesOf(path: string, text: string): string {
  if (path.endsWith('.md')) return sentencesOfDocument(text)
  return /\.\w+$/.test(path) ? sentencesOfSource(text) : sentencesOfScript(text)
}

function unusedWordsIn(path: string, text: string): string[] {
  if (found(text).length === 0) return []
  const sentences = sentencesOf(path, text)
  return found(usesThatStay.reduce((rest, use) => rest.replaceAll(use, ''), sentences))
}

const files = [
  'README.md',
  ...['lib', 'schemas', 'docs', 'examples', 'test', 'bench', '.ci'].flatMap(folder =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map(file => join(folder, file)),
  ),
]
  .filter(
    file =>
      /\.(?:[cm]?tsx?|[cm]?jsx?|md)$|^\.ci[\\/][\w-]+$/.test(file) &&
      !/node_modules|generated|[\\/]dist[\\/]/.test(file),
  )
  .filter(file => file !== join('test', 'readme', 'glossary.test.ts'))

t.test('no sentence of the sources, the tests and the documents has a word that the glossary excludes', async t => {
  t.ok(files.length > 500, `${files.length} files`)
  for (const file of files) t.same(unusedWordsIn(file, readFileSync(file, 'utf8')), [], file)
})

t.test('an excluded word is found in comments, strings, templates and documents, and in no name', async t => {
  const [word] = words
  t.ok(words.length > 10)
  for (const source of [
    `// once ${word}\nrun()`,
    `/** Runs\n * ${word}. */\nrun()`,
    `run() // ${word}`,
    `fail('do it ${word}')`,
    `fail(\`\${name} ${word} \${time}\`)`,
  ])
    t.same(unusedWordsIn('lib/source.ts', source), [word], source)
  t.same(unusedWordsIn('docs/document.md', `Do it ${word}.\n`), [word])
  t.same(unusedWordsIn('.ci/script', `run\n  # once ${word}\n`), [word])
  t.same(unusedWordsIn('.ci/script', `run ${word}\n`), [])
  t.same(unusedWordsIn('lib/source.ts', `const ${word} = read('${word}')`), [])
  t.same(unusedWordsIn('lib/source.ts', '// Runs, be\n// it by rejecting'), ['be\n// it'])
  for (const use of usesThatStay) t.same(unusedWordsIn('docs/document.md', `A key ${use}.\n`), [], use)
})
