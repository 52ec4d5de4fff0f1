import t from 'tap'
import { ada, cookieHeader } from '../support/account.js'
import { answerHeaders, refused } from '../support/refusal.js'
import { expected, organizationWorld } from './fixtures/organization-world.js'

const page = '/auth/invitations/accept'
const hostile = [
  { 'sec-fetch-site': 'cross-site' },
  { 'sec-fetch-site': 'same-site' },
  { origin: 'https://evil.example' },
  { origin: 'null' },
  { referer: 'https://evil.example/x' },
] as const

t.test('a scanner of mail that opens the link, follows it and sends what the page sends uses up nothing', async t => {
  const { app, olga, organizationId, invite, newPerson, post, state, asked, events } = await organizationWorld(t)
  const { token } = await invite(olga, organizationId, 'guest@example.com')
  const before = await state()
  asked()
  events.length = 0
  for (let count = 0; count < 10; count += 1) {
    const answer = await app.inject(page)
    t.equal(answer.statusCode, 200)
    t.notOk(answer.body.includes(token))
  }
  t.equal((await app.inject({ method: 'HEAD', url: page })).statusCode, 200)
  t.match(await app.inject({ method: 'GET', url: `${page}?token=${token}` }), { statusCode: /^(200|400)$/ })
  for (const method of ['HEAD', 'OPTIONS', 'PUT', 'DELETE', 'PATCH'] as const)
    await app.inject({ method, url: `${page}?token=${token}` })
  for (const path of ['decline', 'preview'])
    for (const method of ['GET', 'HEAD'] as const)
      t.equal((await app.inject({ method, url: `/auth/invitations/${path}?token=${token}` })).statusCode, 404)
  t.strictSame(asked(), [], 'nothing was asked for')
  for (let count = 0; count < 10; count += 1) expected(await post('/invitations/preview', { token }), 200)
  t.strictSame(new Set(asked()), new Set(['invitations.find']))
  refused(t, await post('/invitations/accept', { token }), 401, 'FAST_AUTH_UNAUTHENTICATED')
  for (const body of [`token=${token}`, JSON.stringify({ token })])
    for (const type of ['application/x-www-form-urlencoded', 'text/plain', 'multipart/form-data; boundary=x'])
      for (const path of ['accept', 'decline']) {
        const headers = { 'content-type': type }
        const answer = await app.inject({ method: 'POST', url: `/auth/invitations/${path}`, payload: body, headers })
        t.ok(answer.statusCode >= 400, `${path} ${type}`)
      }
  t.strictSame(await state(), before)
  t.notOk(events.some(({ name }) => name.startsWith('organization')))
  expected(await (await newPerson('guest')).accept(token), 200)
})

t.test('a page of another site lets no session accept, switch, invite, leave or delete', async t => {
  const { app, olga, organizationId, path, invite, newMember, newPerson, post, state } = await organizationWorld(t)
  const member = await newMember('member', 'member')
  await newPerson('guest')
  const { token } = await invite(olga, organizationId, 'guest@example.com')
  const cookieOf = async (email: string) => cookieHeader(await post('/sign-in', { email, password: ada.password }))
  const [ofGuest, ofOlga, ofMember] = [
    await cookieOf('guest@example.com'),
    await cookieOf(olga.email),
    await cookieOf(member.email),
  ]
  const before = await state()
  const requests = [
    ['POST', '/invitations/accept', ofGuest, { token }],
    ['POST', '/organizations', ofGuest, { name: 'x' }],
    ['POST', '/organizations/current', ofOlga, { organizationId }],
    ['POST', '/organizations/current', ofOlga, { organizationId: null }],
    ['POST', `${path}/invitations`, ofOlga, { email: 'evil@example.com', role: 'owner' }],
    ['PATCH', path, ofOlga, { name: 'x' }],
    ['PATCH', `${path}/members/${member.id}`, ofOlga, { role: 'owner' }],
    ['DELETE', `${path}/members/${member.id}`, ofMember, undefined],
    ['DELETE', path, ofOlga, undefined],
  ] as const
  for (const headers of hostile)
    for (const [method, url, cookie, payload] of requests) {
      const options = { method, url: `/auth${url}`, headers: { ...headers, cookie }, ...(payload && { payload }) }
      refused(t, await app.inject(options), 403, 'FAST_AUTH_CROSS_SITE_REQUEST')
    }
  t.strictSame(await state(), before)
  const own = { 'sec-fetch-site': 'same-origin', cookie: ofGuest }
  expected(await post('/invitations/accept', { token }, own), 200)
})

t.test('a page of another site gets no cookies of an invited user into a browser', async t => {
  const { olga, organizationId, invite, post } = await organizationWorld(t)
  const { token: invitationToken } = await invite(olga, organizationId, 'new@example.com')
  const signUp = { email: 'new@example.com', password: ada.password, invitationToken }
  for (const headers of hostile)
    refused(t, await post('/sign-up', signUp, headers), 403, 'FAST_AUTH_CROSS_SITE_REQUEST')
  expected(await post('/sign-up', signUp, { 'sec-fetch-site': 'same-origin' }), 201)
})

t.test('a declining request has no authority but its token: cookies neither help it nor are set', async t => {
  const { olga, organizationId, invite, newPerson, post, asked, state } = await organizationWorld(t)
  await newPerson('guest')
  const { id, token } = await invite(olga, organizationId, 'guest@example.com')
  const before = await state()
  for (const email of ['guest@example.com', olga.email]) {
    const cookie = cookieHeader(await post('/sign-in', { email, password: ada.password }))
    for (const body of [{}, { id }, { invitationId: id }, { token, transport: 'cookie' }])
      t.equal((await post('/invitations/decline', body, { cookie })).statusCode, 400)
  }
  t.strictSame(await state(), before)
  const cookie = cookieHeader(await post('/sign-in', { email: olga.email, password: ada.password }))
  asked()
  const declined = await post('/invitations/decline', { token }, { cookie })
  t.strictSame([declined.statusCode, declined.headers['set-cookie']], [204, undefined])
  t.strictSame(asked(), ['invitations.decline'])
})

t.test('the page of an invitation is the same for every token, and its text comes from no member', async t => {
  const { app, olga, organizationId, path, invite } = await organizationWorld(t)
  const name = `</script><img src=x onerror=alert(1)>"'&`
  expected(await olga.send('PATCH', path, { name }), 200)
  await invite(olga, organizationId, 'guest@example.com')
  const { body, headers } = await app.inject(page)
  t.notOk(body.includes('onerror'))
  t.notMatch(body, /innerHTML|outerHTML|insertAdjacent|document\.write|eval\(/)
  t.match(body, /getElementById\('organization'\)\.textContent = organizationName/)
  const { 'content-security-policy': policy, ...others } = answerHeaders
  t.hasStrict(headers, others)
  t.not(headers['content-security-policy'], policy)
  t.match(headers['content-security-policy'], /default-src 'none'/)
  t.notMatch(headers['content-security-policy'], /unsafe-inline|unsafe-eval|\*/)
  t.equal((await app.inject(page)).body, body)
})
