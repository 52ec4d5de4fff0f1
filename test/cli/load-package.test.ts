import { spawnSync } from 'node:child_process'
import t from 'tap'
import { loadPackage } from '../../lib/cli/load-package.js'
import { bareInstallation } from './fixtures/bare-installation.js'

t.test('a package that is missing is named, with the command that installs it', async t => {
  const folder = bareInstallation(t)
  const { PATH = '' } = process.env
  const { status, stdout, stderr } = spawnSync(process.execPath, ['dist/lib/cli/main.js', 'openapi'], {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH },
  })
  t.same(
    { status, stdout, stderr },
    {
      status: 1,
      stdout: '',
      stderr:
        'fast-auth: The packages @fastify/swagger, @simplewebauthn/server and openid-client are needed for this. Install them: npm install @fastify/swagger @simplewebauthn/server openid-client\n',
    },
  )
})

t.test('a database whose driver is missing says so, and nothing of its URL', async t => {
  const { PATH = '' } = process.env
  const { status, stderr } = spawnSync(process.execPath, ['dist/lib/cli/main.js', 'migrate'], {
    cwd: bareInstallation(t),
    encoding: 'utf8',
    env: { PATH, DATABASE_URL: 'redis://ada:secret@localhost' },
  })
  const sentence = 'fast-auth: The package redis is needed for this. Install it: npm install redis\n'
  t.same({ status, stderr }, { status: 1, stderr: sentence })
})

t.test('a package is missing if Node reports that its module is not found', async t => {
  const cause = Object.assign(new Error("Cannot find package 'trees'"), { code: 'ERR_MODULE_NOT_FOUND' })
  await t.rejects(
    loadPackage('trees', () => Promise.reject(cause)),
    { message: 'The package trees is needed for this. Install it: npm install trees', cause },
  )
})

t.test('a package that is installed is loaded', async t => {
  const { default: fastify } = await loadPackage('fastify', () => import('fastify'))
  t.type(fastify, 'function')
})

t.test('a package that fails when it is loaded says so itself', async t => {
  const failure = new Error('this package is broken')
  await t.rejects(
    loadPackage('broken', () => Promise.reject(failure)),
    failure,
  )
})
