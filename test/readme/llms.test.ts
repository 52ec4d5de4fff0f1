import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import t from 'tap'

t.test('docs/llms.txt is what "npm run llms" writes', async t => {
  const file = `${t.testdir()}/llms.txt`
  const { stderr, status } = spawnSync(process.execPath, ['.ci/llms.mjs', file], { encoding: 'utf8' })
  t.equal(status, 0, stderr)
  t.equal(readFileSync('docs/llms.txt', 'utf8'), readFileSync(file, 'utf8'))
})

t.test('docs/llms.txt has every document', async t => {
  const text = readFileSync('docs/llms.txt', 'utf8')
  for (const file of readdirSync('docs').filter(file => file.endsWith('.md'))) t.ok(text.includes(`](${file}): `), file)
})
