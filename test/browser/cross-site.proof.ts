import Fastify from 'fastify'
import type { Page } from 'playwright-core'
import t, { type Test } from 'tap'
import { freePort } from '../../lib/cli/free-port.js'
import { operations } from '../../lib/client/generated/operations.js'
import { openPage, withoutChromium } from '../support/chromium.js'
import { standInProvider } from '../support/stand-in-provider.js'
import { type ClientSite, clientSite } from './client-site.js'

const ada = JSON.stringify({ email: 'ada@example.com', password: 'correct horse battery' })
const id = '3f0c4a52-8a53-4b21-9d8c-5f3a5d1f0c11'
const provider = standInProvider()
const unsafe = Object.values(operations)
  .filter(([method]) => method !== 'GET')
  .map(([method, path]) => ({ method, path: `/auth${path.replace('{id}', id).replace('{provider}', provider.name)}` }))

/** All that an attacker could want to send, in one body. */
const wishes = JSON.stringify({ email: 'eve@example.com', password: 'correct horse battery', name: 'key', token: 'x' })

/** Another origin, with a page to which an attacker may lure Ada. */
async function attacker(t: Test, host: string): Promise<string> {
  const app = Fastify()
  t.teardown(() => app.close())
  app.get('/', (_request, reply) => reply.type('text/html').send('<!doctype html><title>kittens</title>'))
  const port = await freePort('127.0.0.1')
  await app.listen({ port, host: '127.0.0.1' })
  return `http://${host}:${port}`
}

/** Tries a route in each way that a page has. Resolves with what the page could read of the answers. */
async function tried(page: Page, url: string, method: string): Promise<unknown> {
  const ways = [
    { method, mode: 'no-cors' },
    { method, mode: 'no-cors', headers: { 'content-type': 'text/plain' }, body: wishes },
    { method, mode: 'cors', headers: { 'content-type': 'application/json' }, body: wishes },
    { method, mode: 'cors' },
  ]
  return page.evaluate(`Promise.all(${JSON.stringify(ways)}.map(way =>
    fetch(${JSON.stringify(url)}, { ...way, credentials: 'include' }).then(answer => answer.text(), () => '')
  )).then(texts => texts.join(''))`)
}

/** Sends a form there, as a user would who follows an instruction to click a button. */
async function submitted(page: Page, origin: string, url: string): Promise<void> {
  await page.goto(origin)
  await page.evaluate(`{
    const form = document.createElement('form')
    Object.assign(form, { method: 'post', action: ${JSON.stringify(url)}, enctype: 'text/plain' })
    document.body.append(form)
  }`)
  await Promise.all([page.waitForURL(url), page.evaluate(`document.querySelector('form').submit()`)])
}

async function possessions(page: Page): Promise<unknown> {
  return page.evaluate(`(async () => {
    const me = await client.getMe()
    const sessions = await client.listSessions()
    const keys = await client.listApiKeys()
    return JSON.stringify([me.data, sessions.data?.items.map(({ id }) => id), keys.data])
  })()`)
}

async function signedInTab(t: Test, site: ClientSite): Promise<Page> {
  const page = await openPage(t)
  await page.goto(site.url)
  await page.waitForFunction('window.ready')
  await page.evaluate(`client.signUp(${ada})`)
  return page
}

const attackers = [
  { kind: 'of the same site', host: 'localhost', cookies: { secure: false } },
  { kind: 'of another site, where cookies go everywhere', host: '127.0.0.1', cookies: { sameSite: 'none' } },
] as const

for (const { kind, host, cookies } of attackers) {
  t.test(`a page of another origin ${kind}, gets nothing from any unsafe route`, { skip: withoutChromium }, async t => {
    const site = await clientSite(t, { cookies, providers: [provider] })
    const victim = await signedInTab(t, site)
    const before = await possessions(victim)
    const origin = await attacker(t, host)
    const page = await victim.context().newPage()
    await page.goto(origin)
    site.answered.length = 0

    for (const { method, path } of unsafe) t.equal(await tried(page, site.url + path, method), '', `${method} ${path}`)
    for (const { method, path } of unsafe) if (method === 'POST') await submitted(page, origin, site.url + path)

    const served = site.answered.filter(({ request }) => !request.startsWith('OPTIONS'))
    t.ok(
      served.some(({ hadCookies }) => hadCookies),
      'cookies were sent',
    )
    const passed = served.filter(({ status, hadCookies }) => status < 400 && hadCookies)
    t.same(passed, [], 'every request with cookies was refused')
    const unsigned = served.filter(({ status }) => status < 400).map(({ request }) => request)
    t.same(
      [...new Set(unsigned)].join(),
      unsigned.length === 0 ? '' : 'POST /auth/sign-out',
      'the others belonged to no user',
    )
    t.equal(await possessions(victim), before, 'Ada has what she had')
  })
}
