import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import t from 'tap'
import { table } from '../readme/readme.js'
import { secret } from '../support/secret.js'
import { authorize, startExample } from './fixtures/start-example.js'

t.test('the minimal example greets signed-in users by name, and no other client', async t => {
  const { url } = await startExample(t, 'minimal.js')
  t.equal((await fetch(`${url}/hello`)).status, 401)
  const hello = await fetch(`${url}/hello`, { headers: await authorize(url, 'sign-up') })
  t.same(await hello.json(), { hello: 'ada@example.com' })
})

t.test('the guards of the example let pass whom they say', async t => {
  const { url } = await startExample(t, 'protected-routes.js')
  const headers = await authorize(url, 'sign-up')
  for (const path of ['/whoami', '/reports', '/account', '/admin/numbers']) {
    t.equal((await fetch(url + path)).status, 401, `${path} refuses requests without a session`)
    t.equal((await fetch(url + path, { headers })).status, 200, `${path} lets a signed-in person pass`)
  }
  t.equal((await fetch(`${url}/danger`, { method: 'POST', headers })).status, 200)
  t.same(await (await fetch(`${url}/greeting`)).json(), { greeting: 'Hello, guest' })
  t.same(await (await fetch(`${url}/greeting`, { headers })).json(), { greeting: 'Hello, ada@example.com' })
})

t.test("the example's OpenAPI document has its own guarded routes beside those of fast-auth", async t => {
  const { url } = await startExample(t, 'protected-routes.js')
  const { paths } = JSON.parse(await (await fetch(`${url}/openapi.json`)).text())
  t.match(Object.keys(paths), new Set(['/auth/sign-in', '/reports']))
  t.hasProps(paths['/reports'].get.responses, ['401', '403'])
})

t.test('the example of both transports runs to its end', async t => {
  const { stdout, status } = spawnSync(process.execPath, ['examples/both-transports.js'], {
    env: { PATH: process.env.PATH, AUTH_SECRET: secret },
    encoding: 'utf8',
  })
  t.equal(status, 0)
  t.match(stdout, 'browser: refreshed (200), new cookies: 2')
  t.match(stdout, 'mobile: refreshed (200), a new refresh token: true')
  t.match(stdout, 'browser: read the account (401)')
})

t.test('the example of a mobile app runs to its end', async t => {
  const cwd = t.testdir()
  const { stdout, status } = spawnSync(process.execPath, [resolve('examples/mobile-app.js')], {
    cwd,
    env: { PATH: process.env.PATH, AUTH_SECRET: secret },
    encoding: 'utf8',
  })
  t.equal(status, 0)
  t.same(stdout.trimEnd().split('\n'), [
    'signed up: ada@example.com',
    'launched again: signed-in',
    'an hour later: 200, with new tokens',
    'signed out: no tokens are stored',
  ])
})

t.test(
  'the other service of the example accepts users whom the accounts have signed in, and no other client',
  async t => {
    const { url } = await startExample(t, 'public-keys/start.js')
    const refused = await fetch(url)
    t.equal(refused.status, 401)
    const { signInAt } = JSON.parse(await refused.text())
    const headers = await authorize(signInAt.replace('/auth/sign-in', ''), 'sign-up')
    const reports = await fetch(url, { headers })
    t.same(await reports.json(), { reportsOf: 'ada@example.com' })
    const damaged = { authorization: headers.authorization.replace(/\.[^.]+$/, `.${'A'.repeat(86)}`) }
    t.equal((await fetch(url, { headers: damaged })).status, 401)
  },
)

t.test('every example is in the list, and each says itself how it is run', async t => {
  const listed = table('examples', 'docs/examples.md')
  t.ok(listed.length >= 14)
  for (const [link = '', , command = ''] of listed) {
    const file = join('docs', /\((.+)\)/.exec(link)?.[1] ?? '')
    t.ok(existsSync(file) && statSync(file).isFile(), file)
    t.equal(command, `node ${file}`)
    t.match(readFileSync(file, 'utf8').split('\n').slice(0, 3).join('\n'), command)
  }
})
