import t, { type Test } from 'tap'
import { memoryStorage } from '../../lib/engines/memory.js'
import { ada } from '../support/account.js'
import { type Browser, browser } from '../support/browser.js'
import { codeApplication, codeOf, invalid, type RequestedCode, stranger } from '../support/code-application.js'
import { refused } from '../support/refusal.js'
import { otherSecret } from '../support/secret.js'
import { testApplication } from '../support/test-application.js'

const mallory = 'mallory@example.com'

/** Ada and Mallory, who have accounts. */
async function victimAndAttacker(t: Test) {
  const tested = await codeApplication(t)
  await tested.app.fastAuth.createUser({ email: mallory, emailConfirmed: true })
  return tested
}

const post = (own: Browser, path: string, payload: object) => own.send({ method: 'POST', url: `/auth${path}`, payload })

t.test('a stolen message alone signs no client in', async t => {
  const { request, confirm, use, asked } = await codeApplication(t)
  for (const transport of ['cookie', 'token'] as const) {
    const requested = await request(ada.email, transport)
    asked()
    refused(t, await confirm({ token: requested.token }), 401, invalid)
    refused(t, await confirm({ code: requested.code }), 401, invalid)
    t.strictSame(asked(), [], 'no try is used')
    t.equal((await use(requested)).statusCode, 200, 'the owner signs in')
  }
})

t.test('a stolen message and the request of another client sign no client in', async t => {
  const { app, request, confirm, use } = await victimAndAttacker(t)
  const own = await request(mallory)
  const victim = await request()
  refused(t, await confirm({ code: victim.code, ...own.body }), 401, invalid)
  const thief = browser(app)
  await post(thief, '/sign-in/email', { email: mallory })
  refused(t, await post(thief, '/sign-in/email/confirm', { token: victim.token }), 401, invalid)
  t.equal((await thief.send({ url: '/auth/me' })).statusCode, 401)
  t.equal((await use(victim)).json().user.email, ada.email)
})

t.test(
  'an attacker who asks for a code of the victim’s address cannot use the code of the victim’s request',
  async t => {
    const { request, confirm } = await victimAndAttacker(t)
    const [first, victim] = [await request(), await request()]
    refused(t, await confirm({ code: victim.code, ...first.body }), 401, invalid)
    refused(t, await confirm({ token: victim.token, ...first.body }), 401, invalid)
  },
)

t.test(
  'a code that the victim gives to the attacker who asked for it signs the attacker in, so the message warns',
  async t => {
    const { request, use, codeMessage, ask } = await victimAndAttacker(t)
    t.equal((await use(await request())).statusCode, 200)
    await ask()
    t.match((await codeMessage(ada.email)).text, /Never give the code to anyone/)
  },
)

t.test('a link of the attacker signs no victim in who opens it (login CSRF)', async t => {
  const { app, request } = await victimAndAttacker(t)
  const attack = await request(mallory, 'cookie')
  const victim = browser(app)
  refused(t, await post(victim, '/sign-in/email/confirm', { token: attack.token }), 401, invalid)
  t.equal((await victim.send({ url: '/auth/me' })).statusCode, 401)
})

t.test('a link of the attacker ends neither the session of the victim nor the request of the victim', async t => {
  const { app, request, codeMessage } = await victimAndAttacker(t)
  const victim = browser(app)
  const signIn = async () => {
    await post(victim, '/sign-in/email', { email: ada.email })
    return codeOf(await codeMessage(ada.email))
  }
  t.equal((await post(victim, '/sign-in/email/confirm', { code: await signIn() })).statusCode, 200)
  const code = await signIn()
  const attack = await request(mallory, 'cookie')
  refused(t, await post(victim, '/sign-in/email/confirm', { token: attack.token }), 401, invalid)
  t.equal((await victim.send({ url: '/auth/me' })).json().user.email, ada.email)
  t.equal((await post(victim, '/sign-in/email/confirm', { code })).json().user.email, ada.email)
})

t.test('a page of another site cannot make a browser use a code', async t => {
  const { request, confirm, asked } = await codeApplication(t)
  const { token, headers } = await request(ada.email, 'cookie')
  asked()
  for (const site of ['cross-site', 'same-site'])
    refused(t, await confirm({ token }, { ...headers, 'sec-fetch-site': site }), 403, 'FAST_AUTH_CROSS_SITE_REQUEST')
  t.strictSame(asked(), [])
})

t.test('a page of another site cannot add a token of its own to the cookies of the victim', async t => {
  const { request, confirm } = await victimAndAttacker(t)
  const { token, body } = await request(mallory)
  const headers = { cookie: '__Host-access_token=x', 'sec-fetch-site': 'cross-site' }
  refused(t, await confirm({ token, ...body }, headers), 403, 'FAST_AUTH_CROSS_SITE_REQUEST')
})

t.test('the token of a cookie is refused in a body, and the reverse', async t => {
  const { request, confirm, use, asked } = await codeApplication(t)
  const inCookie = await request(ada.email, 'cookie')
  const signInToken = inCookie.answer.cookies[0]?.value
  asked()
  refused(t, await confirm({ code: inCookie.code, signInToken }), 401, invalid)
  refused(t, await confirm({ code: inCookie.code, signInToken }, inCookie.headers), 401, invalid)
  t.equal((await use(inCookie)).statusCode, 200)
  const inBody = await request()
  const cookie = `__Host-sign_in=${inBody.body.signInToken}`
  refused(t, await confirm({ code: inBody.code }, { cookie }), 401, invalid)
  t.equal((await use(inBody)).statusCode, 200)
})

t.test('a request that another server signed is worth nothing, also on the same storage', async t => {
  const storage = memoryStorage()
  const { request, asked } = await codeApplication(t, { options: { storage } })
  const { code, body } = await request()
  const secrets: [string] = [otherSecret]
  const other = await testApplication(t, { mail: true, options: { storage, secrets, emailSignIn: {} } })
  asked()
  refused(t, await other.post('/sign-in/email/confirm', { code, ...body }), 401, invalid)
  t.strictSame(other.asked(), [])
})

t.test('a request that was signed with an older secret of the ring works', async t => {
  const storage = memoryStorage()
  const secrets: [string] = [otherSecret]
  const { request } = await codeApplication(t, { options: { storage, secrets } })
  const { code, body } = await request()
  const ring: [string, string] = ['Vt7mQ2xN9pL4rB8wK3cZ6yH1sD5fG0jA-newest', otherSecret]
  const { post } = await testApplication(t, { mail: true, options: { storage, secrets: ring, emailSignIn: {} } })
  t.equal((await post('/sign-in/email/confirm', { code, ...body })).statusCode, 200)
})

t.test('a damaged request token costs no storage call and no try', async t => {
  const { request, confirm, use, asked } = await codeApplication(t)
  const { code, body, ...others } = await request()
  const signInToken = String(body.signInToken)
  asked()
  for (const place of [0, 5, 20, 40, signInToken.length - 3]) {
    const damaged = `${signInToken.slice(0, place)}${signInToken[place] === 'A' ? 'B' : 'A'}${signInToken.slice(place + 1)}`
    refused(t, await confirm({ code, signInToken: damaged }), 401, invalid)
  }
  for (const text of ['x', signInToken.slice(1), `${signInToken}A`, signInToken.repeat(2)])
    refused(t, await confirm({ code, signInToken: text }), 401, invalid)
  t.strictSame(asked(), [])
  t.equal((await use({ code, body, ...others })).statusCode, 200)
})

const cookieOf = ({ answer }: RequestedCode) => `__Host-sign_in=${answer.cookies[0]?.value}`

t.test('of several cookies of requests, made-up ones do not count, wherever they stand', async t => {
  const { request, confirm } = await victimAndAttacker(t)
  for (const order of [0, 1]) {
    const victim = await request(ada.email, 'cookie')
    const cookies = ['__Host-sign_in=made-up', cookieOf(victim)]
    const cookie = (order === 0 ? cookies : cookies.toReversed()).join('; ')
    t.equal((await confirm({ code: victim.code }, { cookie })).json().user.email, ada.email)
  }
})

t.test('of several cookies of requests, the newest counts, wherever it stands', async t => {
  const { request, confirm, advance } = await victimAndAttacker(t)
  for (const order of [0, 1]) {
    const tossed = await request(mallory, 'cookie')
    advance(1)
    const victim = await request(ada.email, 'cookie')
    const cookies = [cookieOf(tossed), cookieOf(victim)]
    const cookie = (order === 0 ? cookies : cookies.toReversed()).join('; ')
    refused(t, await confirm({ code: tossed.code }, { cookie }), 401, invalid)
    t.equal((await confirm({ code: victim.code }, { cookie })).json().user.email, ada.email)
  }
})

t.test('a code for an address without an account is worth nothing to the client that asked for another', async t => {
  const { ask, confirm, request } = await codeApplication(t)
  const { signInToken } = (await ask(stranger, 'token')).json()
  const { code } = await request()
  refused(t, await confirm({ code, signInToken }), 401, invalid)
})

t.test('above the limit of an address, a browser gets nothing of the request of its owner', async t => {
  const limits = { mailsPerAddressPerHour: 1, requestsPerMinute: 0, costlyRequestsPerMinute: 0 }
  const { app, request, use } = await codeApplication(t, { options: { limits } })
  await app.fastAuth.createUser({ email: mallory, emailConfirmed: true })
  const victim = await request()
  const attacker = browser(app)
  await post(attacker, '/sign-in/email', { email: mallory })
  t.equal((await post(attacker, '/sign-in/email', { email: ada.email })).statusCode, 202)
  refused(t, await post(attacker, '/sign-in/email/confirm', { code: victim.code }), 401, invalid)
  t.equal((await use(victim)).statusCode, 200)
})
