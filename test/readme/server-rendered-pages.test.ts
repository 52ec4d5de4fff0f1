import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { FastifyInstance } from 'fastify'
import t, { type Test } from 'tap'
import type { TestClock } from '../../lib/testing/index.js'
import { ada } from '../support/account.js'
import { cookieJar } from '../support/browser.js'
import { setEnvironment } from '../support/environment.js'
import { secret } from '../support/secret.js'
import { block } from './readme.js'

const publicUrl = 'https://app.example.com'
const html = 'text/html,application/xhtml+xml,*/*;q=0.8'
const page = '/account?tab=keys&sort=name'
const withReturn = (route: string, path: string) => `${route}?returnTo=${encodeURIComponent(path)}`

/** The documented application with a clock of the test and a database that can be made to fail. */
const preamble = `import { createTestClock, fastHasher } from 'fast-auth/testing'
export const testClock = createTestClock(Date.UTC(2026, 0, 1, 12))
export const storage = memoryStorage()
const options = { clock: testClock.clock, passwords: { hasher: fastHasher } }
`

interface Recipe {
  readonly app: FastifyInstance
  readonly testClock: TestClock
  readonly storage: { sessions: object }
}

/** The application on a port, and a browser with an empty cookie jar that sees it at `publicUrl`. */
async function visitedApp(t: Test) {
  setEnvironment(t, { AUTH_SECRET: secret })
  const folder = mkdtempSync(resolve('dist', 'pages-'))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  const code = block('server-rendered pages', 'docs/server-rendered-pages.md')
  writeFileSync(`${folder}/app.mjs`, preamble + code.replace('storage: memoryStorage(),', 'storage, ...options,'))
  const { app, testClock, storage }: Recipe = await import(pathToFileURL(`${folder}/app.mjs`).href)
  t.teardown(() => app.close())
  const url = await app.listen({ port: 0 })
  const jar = cookieJar()

  async function send(path: string, { headers, ...init }: RequestInit & { headers: Record<string, string> }) {
    const cookie = await jar.getCookieString(publicUrl + path)
    const answer = await fetch(url + path, { ...init, headers: { ...headers, cookie }, redirect: 'manual' })
    for (const line of answer.headers.getSetCookie()) await jar.setCookie(line, publicUrl + path)
    return answer
  }

  const get = (path: string, accept = html) => send(path, { headers: { accept, 'sec-fetch-site': 'cross-site' } })
  const post = (path: string, body: object) =>
    send(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: publicUrl },
      body: JSON.stringify(body),
    })

  /** The paths that a navigation leads through, and the status and text in the end. */
  async function navigate(path: string) {
    const paths = [path]
    let answer = await get(path)
    while (answer.headers.get('location') !== null && paths.length < 10) {
      const next = answer.headers.get('location') ?? ''
      paths.push(next)
      answer = await get(next)
    }
    return { paths, status: answer.status, text: await answer.text() }
  }

  return { app, testClock, storage, get, post, navigate }
}

t.test('a signed-in user gets the page, which no cache keeps', async t => {
  const { get, post } = await visitedApp(t)
  t.equal((await post('/auth/sign-up', ada)).status, 201)
  const answer = await get(page)
  t.equal(answer.status, 200)
  t.equal(await answer.text(), `Hello, ${ada.email}`)
  t.equal(answer.headers.get('cache-control'), 'private, no-store')
})

t.test('an expired access cookie is refreshed on the server, again and again, and the page is shown', async t => {
  const { post, navigate, testClock } = await visitedApp(t)
  await post('/auth/sign-up', ada)
  for (const _hour of [1, 2, 3]) {
    testClock.advance({ seconds: 3_600 })
    t.same(await navigate(page), {
      paths: [page, withReturn('/auth/continue', page), page],
      status: 200,
      text: `Hello, ${ada.email}`,
    })
    t.same((await navigate(page)).paths, [page], 'the new cookies have arrived')
  }
})

t.test('a signed-out user is sent to the sign-in page, and after the sign-in back to the page', async t => {
  const { get, post, navigate } = await visitedApp(t)
  const signIn = withReturn('/sign-in', page)
  const answer = await get(page)
  t.same([answer.status, answer.headers.get('location')], [302, signIn])
  await post('/auth/sign-up', ada)
  const { search } = new URL(signIn, publicUrl)
  t.match(await navigate(`/auth/continue${search}`), { paths: { 1: page }, status: 200 })
  await post('/auth/sign-out', {})
  t.same((await navigate(page)).paths, [page, signIn])
})

t.test('a session that has ended leads to the sign-in page, before and after a refresh is tried', async t => {
  const { app, get, post, navigate } = await visitedApp(t)
  const { user } = JSON.parse(await (await post('/auth/sign-up', ada)).text())
  await app.fastAuth.endSessions(user.id)
  t.equal((await get(page)).headers.get('location'), withReturn('/sign-in', page))
  const continued = withReturn('/auth/continue', page)
  t.same((await navigate(continued)).paths, [continued, withReturn('/sign-in', page)])
})

t.test('no return path leads to another origin', async t => {
  const { get, post } = await visitedApp(t)
  await post('/auth/sign-up', ada)
  const hostile = [
    '//evil.example',
    '///evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/\t/evil.example',
    '/\n\\evil.example',
    '/.//evil.example',
    '/a/..//evil.example',
    '/%2e//evil.example',
    ' //evil.example',
    'https://evil.example/account',
    'https:evil.example',
    'javascript:alert(1)',
    'blob:https://app.example.com/account',
    '//app.example.com@evil.example',
    '//[',
    '',
  ]
  for (const path of hostile) {
    const answer = await get(withReturn('/auth/continue', path))
    t.same([answer.status, answer.headers.get('location')], [302, '/'], JSON.stringify(path))
  }
  for (const query of ['', '?returnTo=/a&returnTo=/b'])
    t.equal((await get(`/auth/continue${query}`)).headers.get('location'), '/')
  for (const path of ['/', page, '/search?q=a//b', '/%2F/evil.example', '/ä'])
    t.equal(
      (await get(withReturn('/auth/continue', path))).headers.get('location'),
      path === '/ä' ? '/%C3%A4' : path,
      path,
    )
})

t.test('a request that accepts no HTML, or is no GET, gets the 401 as JSON', async t => {
  const { get, post, app, testClock } = await visitedApp(t)
  const refused = async (code: string) => {
    for (const accept of ['application/json', '*/*', 'text/htmlx']) {
      const answer = await get(page, accept)
      t.same([answer.status, answer.headers.get('location')], [401, null])
      t.match(answer.headers.get('www-authenticate'), /^Bearer/)
      t.hasStrict(await answer.json(), { statusCode: 401, code })
    }
  }
  await refused('FAST_AUTH_UNAUTHENTICATED')
  t.equal((await app.inject({ method: 'HEAD', url: page, headers: { accept: html } })).statusCode, 401)
  await post('/auth/sign-up', ada)
  testClock.advance({ seconds: 3_600 })
  await refused('FAST_AUTH_ACCESS_TOKEN_EXPIRED')
})

t.test('a storage that fails sends no user to the sign-in page, and expires no cookie', async t => {
  const { get, post, navigate, storage, testClock } = await visitedApp(t)
  await post('/auth/sign-up', ada)
  testClock.advance({ seconds: 3_600 })
  const working = { ...storage.sessions }
  Object.assign(storage.sessions, { rotate: () => Promise.reject(new Error('connection refused')) })
  const answer = await get(withReturn('/auth/continue', page))
  t.match([answer.status, answer.headers.get('retry-after')], [503, /^\d+$/])
  t.hasStrict(await answer.json(), { code: 'FAST_AUTH_STORAGE_UNAVAILABLE' })
  t.same(answer.headers.getSetCookie(), [])
  Object.assign(storage.sessions, working)
  t.hasStrict(await navigate(page), { status: 200 })
})
