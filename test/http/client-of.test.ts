import { mkdtempSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { InjectOptions } from 'fastify'
import t, { type Test } from 'tap'
import { ada, bearer } from '../support/account.js'
import { type TestApplicationSettings, testApplication } from '../support/test-application.js'

/** The origin of a sign-in in the event and in the session. */
async function requestOriginOf(t: Test, more: InjectOptions, settings: TestApplicationSettings = {}) {
  const { app, events } = await testApplication(t, settings)
  const payload = { ...ada, transport: 'token' }
  const answer = await app.inject({ method: 'POST', url: '/auth/sign-up', payload, ...more })
  const sessions = await app.inject({ url: '/auth/sessions', headers: bearer(answer.json().accessToken) })
  const { ip, userAgent } = sessions.json().items[0]
  t.hasStrict(events.at(-1), { ip, userAgent }, 'the event and the session say the same')
  return { ip, userAgent }
}

t.test('the address is that of the connection, and no header makes it another', async t => {
  const headers = { 'x-forwarded-for': '203.0.113.9', 'x-real-ip': '203.0.113.9', forwarded: 'for=203.0.113.9' }
  t.equal((await requestOriginOf(t, { headers, remoteAddress: '198.51.100.4' })).ip, '198.51.100.4')
})

t.test('a host that trusts its proxy gets the address that the proxy saw', async t => {
  const headers = { 'x-forwarded-for': '203.0.113.9' }
  const settings = { server: { trustProxy: true } }
  t.equal((await requestOriginOf(t, { headers, remoteAddress: '10.0.0.2' }, settings)).ip, '203.0.113.9')
})

t.test('the address that a trusted proxy forwards is kept only if it is valid', async t => {
  const settings = { server: { trustProxy: true } }
  for (const forged of ["'; DROP TABLE sessions; --", 'x'.repeat(8000), 'unknown', '203.0.113.999']) {
    t.equal((await requestOriginOf(t, { headers: { 'x-forwarded-for': forged } }, settings)).ip, null)
  }
})

for (const [forwarded, ip] of [
  ['203.0.113.9:4711', '203.0.113.9'],
  ['203.0.113.9:_port', '203.0.113.9'],
  ['"203.0.113.9:4711"', '203.0.113.9'],
  ['[2001:db8::17]:4711', '2001:db8::17'],
  ['"[2001:db8::17]:_p.1"', '2001:db8::17'],
  ['[2001:db8::17]', '2001:db8::17'],
  ['[::ffff:203.0.113.9]:80', '::ffff:203.0.113.9'],
  ['2001:db8::17', '2001:db8::17'],
  ['203.0.113.9:', null],
  ['[203.0.113.9', null],
  ['[2001:db8::17', null],
  ['_hidden', null],
  ['unknown', null],
] as const) {
  t.test(`the address in ${forwarded} is ${ip}`, async t => {
    const settings = { server: { trustProxy: true } }
    t.equal((await requestOriginOf(t, { headers: { 'x-forwarded-for': forwarded } }, settings)).ip, ip)
  })
}

t.test('the user agent is kept to 512 characters, or as nothing', async t => {
  const headers = { 'user-agent': 'x'.repeat(513) }
  t.equal((await requestOriginOf(t, { headers })).userAgent, 'x'.repeat(512))
  t.equal((await requestOriginOf(t, { headers: { 'user-agent': '' } })).userAgent, '')
})

t.test('an event has the id that the host’s log has for the request', async t => {
  const requestIdHeader = 'x-request-id'
  const { app, events } = await testApplication(t, { server: { requestIdHeader } })
  const signUp = (id: string, email: string) =>
    app.inject({ method: 'POST', url: '/auth/sign-up', headers: { [requestIdHeader]: id }, payload: { ...ada, email } })
  await signUp('trace/42', ada.email)
  t.same(
    events.map(({ requestId }) => requestId),
    ['trace/42', 'trace/42'],
  )
})

t.test('a request id that is no plain word of up to 128 characters is not kept', async t => {
  const ids = ['x'.repeat(128), 'x'.repeat(129), 'two words', 'é', '']
  const waiting = [...ids]
  const { app, events } = await testApplication(t, { server: { genReqId: () => waiting.shift() ?? '' } })
  for (const index of ids.keys()) {
    await app.inject({ method: 'POST', url: '/auth/sign-in', payload: { ...ada, email: `${index}@example.com` } })
  }
  t.same(
    events.map(({ requestId }) => requestId),
    ['x'.repeat(128), null, null, null, null],
  )
})

/** A POST over a Unix socket, without a User-Agent. */
function postOverSocket(socketPath: string, path: string, body: object): Promise<{ status?: number; text: string }> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json' }
    const sent = request({ socketPath, path, method: 'POST', headers }, answer => {
      let text = ''
      answer.setEncoding('utf8')
      answer.on('data', (chunk: string) => {
        text += chunk
      })
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text }))
    })
    sent.on('error', reject)
    sent.end(JSON.stringify(body))
  })
}

t.test('an application on a Unix socket, which has no address, signs users up and lists sessions', async t => {
  const directory = mkdtempSync(join(tmpdir(), 'fast-auth-'))
  t.teardown(() => rmSync(directory, { recursive: true }))
  const { app, events } = await testApplication(t)
  const path = join(directory, 'socket')
  await app.listen({ path })
  const signUp = await postOverSocket(path, '/auth/sign-up', { ...ada, transport: 'token' })
  t.equal(signUp.status, 201)
  t.hasStrict(events.at(-1), { ip: null, userAgent: null })
  const { accessToken } = JSON.parse(signUp.text)
  const sessions = await app.inject({ url: '/auth/sessions', headers: bearer(accessToken) })
  t.hasStrict(sessions.json().items, [{ ip: null, userAgent: null }])
})
