import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import t from 'tap'
import { block } from './readme.js'

/** A folder inside the package, so that `fast-auth` in an import is this package. */
const cwd = mkdtempSync(resolve('dist', 'docs-'))
t.teardown(() => rmSync(cwd, { recursive: true, force: true }))
const code = block('runs and compiles', 'docs/testing.md')

t.test('the documented tests pass', async t => {
  writeFileSync(`${cwd}/documented.mjs`, code)
  const { status, stdout } = spawnSync(process.execPath, ['documented.mjs'], { cwd, encoding: 'utf8' })
  t.equal(status, 0, stdout)
  t.match(stdout, /\bpass 2$/m)
})

t.test('the documented tests fail if the application greets no user', async t => {
  writeFileSync(`${cwd}/silent.mjs`, code.replace('`Hello, ', '`Bye, '))
  const { status } = spawnSync(process.execPath, ['silent.mjs'], { cwd, encoding: 'utf8' })
  t.equal(status, 1)
})

t.test('the documented tests compile under strict, declarations of dependencies included', async t => {
  writeFileSync(`${cwd}/documented.mts`, code)
  const tsc = resolve('node_modules/typescript/bin/tsc')
  const target = '--strict --noEmit --module nodenext --target es2023 --skipLibCheck false --types node'
  const compilation = spawnSync(process.execPath, [tsc, ...target.split(' '), 'documented.mts'], {
    cwd,
    encoding: 'utf8',
  })
  t.equal(compilation.stdout, '')
})
