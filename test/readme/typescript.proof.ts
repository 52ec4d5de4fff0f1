import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import t from 'tap'
import { block } from './readme.js'

t.test('the TypeScript of the documents compiles under strict, declarations of dependencies included', async t => {
  // A folder inside the package, so that `fast-auth` in an import is this package.
  const cwd = mkdtempSync(resolve('dist', 'readme-'))
  t.teardown(() => rmSync(cwd, { recursive: true, force: true }))
  writeFileSync(`${cwd}/app.mts`, block('compiles', 'docs/typescript.md'))
  writeFileSync(`${cwd}/check.mts`, block('compiles by itself', 'docs/passwords.md'))
  writeFileSync(`${cwd}/hooks.mts`, block('invitations', 'docs/hooks.md'))
  const flags = [
    '--strict',
    '--noEmit',
    '--module',
    'nodenext',
    '--target',
    'es2023',
    '--skipLibCheck',
    'false',
    '--types',
    'node',
  ]
  const { stdout } = spawnSync(
    process.execPath,
    [resolve('node_modules/typescript/bin/tsc'), ...flags, 'app.mts', 'check.mts', 'hooks.mts'],
    {
      cwd,
      encoding: 'utf8',
    },
  )
  t.equal(stdout, '')
})
