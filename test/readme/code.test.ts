import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import t from 'tap'
import { secret } from '../support/secret.js'
import { block } from './readme.js'

/** A folder inside the package, so that `fast-auth` in an import is this package. */
function folder(t: { teardown(end: () => void): void }): string {
  const path = mkdtempSync(resolve('dist', 'readme-'))
  t.teardown(() => rmSync(path, { recursive: true, force: true }))
  return path
}

t.test('the application of the README starts and refuses requests without a session', async t => {
  const cwd = folder(t)
  writeFileSync(`${cwd}/app.mjs`, block('runs').replace('port: 3000', 'port: 0'))
  const child = spawn(process.execPath, ['app.mjs'], { cwd, env: { ...process.env, AUTH_SECRET: secret } })
  t.teardown(() => child.kill())
  let log = ''
  const url = await new Promise<string>((found, failed) => {
    child.stderr.on('data', text => failed(new Error(String(text))))
    child.stdout.on('data', text => {
      log += text
      const address = /Server listening at (http:\/\/127[^"]+)/.exec(log)?.[1]
      if (address !== undefined) found(address)
    })
  })
  t.equal((await fetch(`${url}/hello`)).status, 401)
  const body = JSON.stringify({ email: 'ada@example.com', password: 'correct horse battery', transport: 'token' })
  const signUp = await fetch(`${url}/auth/sign-up`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  })
  const { accessToken } = JSON.parse(await signUp.text())
  const hello = await fetch(`${url}/hello`, { headers: { authorization: `Bearer ${accessToken}` } })
  t.equal(await hello.text(), 'Hello, ada@example.com')
})

t.test('the application of the guide for deployments answers probes, and stops on SIGTERM', async t => {
  const cwd = folder(t)
  writeFileSync(`${cwd}/app.mjs`, block('deploys', 'docs/deploying.md'))
  const env = { AUTH_SECRET: secret, DATABASE_FILE: ':memory:', PUBLIC_URL: 'https://app.example.com', PORT: '0' }
  const child = spawn(process.execPath, ['app.mjs'], { cwd, env: { ...process.env, ...env } })
  t.teardown(() => child.kill('SIGKILL'))
  const ended = once(child, 'exit')
  let log = ''
  const url = await new Promise<string>((found, failed) => {
    child.stderr.on('data', text => failed(new Error(String(text))))
    child.stdout.on('data', text => {
      log += text
      const address = /Server listening at (http:\/\/127[^"]+)/.exec(log)?.[1]
      if (address !== undefined) found(address)
    })
  })
  for (const path of ['/healthz', '/readyz'])
    t.same(await (await fetch(url + path, { headers: { connection: 'close' } })).json(), { status: 'ok' })
  child.kill('SIGTERM')
  t.same(await ended, [0, null])
})
