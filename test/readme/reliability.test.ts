import { readdirSync, readFileSync } from 'node:fs'
import t from 'tap'

const guide = readFileSync('docs/reliability.md', 'utf8')

t.test('the guide names every proof, and none that is not there', async t => {
  const rows = guide.split('\n').filter(line => line.startsWith('| ') && !line.startsWith('| proof'))
  const named = rows.flatMap(row => Array.from((row.split('|')[3] ?? '').matchAll(/`([a-z-]+)`/g), ([, name]) => name))
  const proofs = readdirSync('test/faults').filter(file => file.endsWith('.proof.ts'))
  t.same(named.sort(), proofs.map(file => file.replace('.proof.ts', '')).sort())
})

t.test('the documented variables exist', async t => {
  const fixtures = readdirSync('test/faults', { recursive: true, encoding: 'utf8' }).filter(file =>
    file.endsWith('.ts'),
  )
  const sources = fixtures.map(file => readFileSync(`test/faults/${file}`, 'utf8')).join('')
  const documented = new Set(guide.match(/FAULT_[A-Z]+/g))
  t.same(documented, new Set(sources.match(/FAULT_[A-Z]+/g)))
})
