import { existsSync, readFileSync } from 'node:fs'
import t from 'tap'
import { warningCodes } from '../../lib/composition/options/warnings/warnings.js'
import { conformanceTitles } from '../../lib/conformance/index.js'
import { table } from './readme.js'

const file = 'docs/security.md'
const text = readFileSync(file, 'utf8')
const headings = Array.from(text.matchAll(/^#+ (.+)$/gm), ([, heading = '']) => heading)

/** As GitHub makes them. */
const anchors = headings.map(heading =>
  heading
    .toLowerCase()
    .replace(/[^\w\s-]/g, '')
    .replaceAll(' ', '-'),
)

/** The titles in a file of tests, or of cases of the conformance suite: what a template fills in is `…`. */
function titlesOf(path: string): string[] {
  const source = readFileSync(path, 'utf8')
  const titles = source.matchAll(
    /(?:\bt\.test\(|\braceCase\(|\btitle(?:: | = ))\s*(?:'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)"|`([^`]*)`)/g,
  )
  return Array.from(titles, ([, single, double, template]) =>
    (single ?? double ?? template ?? '').replace(/\$\{[^}]*\}/g, '…').replaceAll("\\'", "'"),
  )
}

/** The proofs that a row names. */
function proofs(cell: string): [path: string, title: string][] {
  return cell.split('<br>').map(proof => {
    const colon = proof.indexOf(': ')
    const name = proof.slice(0, colon)
    const title = proof.slice(colon + 2)
    if (name.startsWith('lib/')) return [`${name}.ts`, title]
    const file = `test/${name}`
    return [existsSync(`${file}.proof.ts`) ? `${file}.proof.ts` : `${file}.test.ts`, title]
  })
}

t.test('each requirement is shown by tests that there are', async t => {
  const rows = table('requirements', file)
  t.ok(rows.length > 60)
  for (const [id = '', , cell = ''] of rows) {
    for (const [path, title] of proofs(cell)) {
      t.ok(existsSync(path), `${id}: ${path}`)
      t.ok(titlesOf(path).includes(title), `${id}: ${path}: ${title}`)
    }
  }
})

t.test('each conformance case that shows a requirement is in the suite that every storage runs', async t => {
  const shown = table('requirements', file).flatMap(([, , cell = '']) => proofs(cell))
  const cases = shown.filter(([path]) => /^lib\/(features\/[^/]+\/)?conformance\//.test(path))
  t.ok(cases.length > 10)
  for (const [path, title] of cases) {
    const [start = '', ...rest] = title.split('…')
    const end = rest.at(-1) ?? ''
    const isRun = conformanceTitles.some(run =>
      rest.length === 0 ? run === title : run.startsWith(start) && run.endsWith(end),
    )
    t.ok(isRun, `${path}: ${title}`)
  }
  for (const name of ['memory', 'sqlite', 'postgres', 'pglite', 'mysql', 'redis']) {
    const [path = ''] = ['test', 'proof'].map(kind => `test/storage/${name}-storage.${kind}.ts`).filter(existsSync)
    t.match(readFileSync(path, 'utf8'), /\bstorageConformance\(/)
  }
})

t.test('no requirement is named twice, and they are in order', async t => {
  const numbers = (id: string) => id.split('.').map(Number)
  const inOrder = (a: string, b: string) =>
    numbers(a).reduce((order, number, index) => order || number - (numbers(b)[index] ?? 0), 0)
  const met = table('requirements', file).map(([id = '']) => id)
  const gaps = table('gaps', file).flatMap(([ids = '']) => ids.split(', '))
  for (const id of [...met, ...gaps]) t.match(id, /^\d{1,2}\.\d\.\d{1,2}$/)
  t.same(met, [...met].sort(inOrder))
  t.equal(new Set([...met, ...gaps]).size, met.length + gaps.length)
})

t.test('every warning has its heading, where its line in the log leads, and no heading is without one', async t => {
  t.same(
    headings.filter(heading => heading.startsWith('FAST_AUTH_')),
    warningCodes,
  )
  for (const code of warningCodes) t.ok(anchors.includes(code.toLowerCase()), code)
})

t.test('the anchors to which serve and other documents link exist', async t => {
  const sources = ['README.md', 'SECURITY.md', 'lib/cli/serve.ts', file]
  const links = sources.flatMap(path => {
    const source = readFileSync(path, 'utf8')
    const pattern = path === file ? /\]\(#([\w-]+)\)/g : /docs\/security\.md#([\w-]+)/g
    return Array.from(source.matchAll(pattern), ([, anchor = '']) => anchor)
  })
  t.ok(links.length >= 2)
  for (const anchor of links) t.ok(anchors.includes(anchor), anchor)
})
