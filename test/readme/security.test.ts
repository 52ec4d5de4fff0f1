import { existsSync, readFileSync } from 'node:fs'
import t from 'tap'
import { warningCodes } from '../../lib/options/warnings/warnings.js'
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

/** The titles in a test file: what a template fills in is `…`. */
function titlesOf(path: string): string[] {
  const source = readFileSync(path, 'utf8')
  const titles = source.matchAll(/\bt\.test\(\s*(?:'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)"|`([^`]*)`)/g)
  return Array.from(titles, ([, single, double, template]) =>
    (single ?? double ?? template ?? '').replace(/\$\{[^}]*\}/g, '…').replaceAll("\\'", "'"),
  )
}

/** What a row says that it is shown by. */
function proofs(cell: string): [path: string, title: string][] {
  return cell.split('<br>').map(proof => {
    const colon = proof.indexOf(': ')
    const file = `test/${proof.slice(0, colon)}`
    return [existsSync(`${file}.proof.ts`) ? `${file}.proof.ts` : `${file}.test.ts`, proof.slice(colon + 2)]
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

t.test('what serve and other documents link to here is here', async t => {
  const sources = ['README.md', 'SECURITY.md', 'lib/cli/serve.ts', file]
  const links = sources.flatMap(path => {
    const source = readFileSync(path, 'utf8')
    const pattern = path === file ? /\]\(#([\w-]+)\)/g : /docs\/security\.md#([\w-]+)/g
    return Array.from(source.matchAll(pattern), ([, anchor = '']) => anchor)
  })
  t.ok(links.length >= 2)
  for (const anchor of links) t.ok(anchors.includes(anchor), anchor)
})
