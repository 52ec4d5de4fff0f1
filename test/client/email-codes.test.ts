import t from 'tap'
import { totpCode } from '../../lib/testing/index.js'
import { ada } from './fixtures/client-app.js'
import { codeApp } from './fixtures/code-app.js'
import { fetchWithJar } from './fixtures/cookie-jar.js'
import { give } from './fixtures/give.js'

const transports = ['cookie', 'token'] as const
const { email } = ada
const noon = Date.UTC(2026, 0, 1, 12)

for (const transport of transports) {
  t.test(`${transport}: a mailed code signs the user in, and the first one signs them up`, async t => {
    const { client, mailedCode, requests } = await codeApp(t)
    const made = client({ transport })
    t.hasStrict(await made.requestSignInCode({ email }), { status: 202, data: { status: 'accepted' } })
    t.equal(made.session.status, 'unknown')
    t.equal((await made.signInWithCode({ code: await mailedCode() })).status, 201)
    t.hasStrict(made.session, { status: 'signed-in', user: { email } })
    t.equal(await (await made.fetch('/hello')).text(), `Hello, ${email}`)
    t.same(requests, ['POST /auth/sign-in/email', 'POST /auth/sign-in/email/confirm', 'GET /hello'])

    const second = client({ transport })
    await second.requestSignInCode({ email })
    t.equal((await second.signInWithCode({ token: await mailedCode() })).status, 200)
    t.equal((await second.refreshSession()).status, 200)
  })

  t.test(`${transport}: after a wrong code, the right one signs in`, async t => {
    const { client, mailedCode, requests } = await codeApp(t)
    const made = client({ transport })
    await made.requestSignInCode({ email })
    requests.length = 0
    t.hasStrict(await made.signInWithCode({ code: '0000-0000' }), {
      error: { code: 'FAST_AUTH_SIGN_IN_CODE_INVALID', statusCode: 401 },
    })
    t.same(requests, ['POST /auth/sign-in/email/confirm'])
    t.equal((await made.signInWithCode({ code: await mailedCode() })).status, 201)
  })

  t.test(`${transport}: a code that another client has requested is refused, and the session stays`, async t => {
    const { client, mailedCode, requests } = await codeApp(t)
    await client({ transport }).requestSignInCode({ email })
    const made = client({ transport })
    await made.signUp({ ...ada, email: 'bob@example.com' })
    const before = made.session
    requests.length = 0
    const code = await mailedCode()
    t.hasStrict(await made.signInWithCode({ code }), { error: { code: 'FAST_AUTH_SIGN_IN_CODE_INVALID' } })
    t.same(requests, ['POST /auth/sign-in/email/confirm'])
    t.equal(made.session, before)
    t.equal((await made.getMe()).data?.user.email, 'bob@example.com')
  })

  t.test(`${transport}: the newest code of a client is the one that signs in`, async t => {
    const { client, mailedCode } = await codeApp(t)
    const made = client({ transport })
    await made.requestSignInCode({ email })
    const first = await mailedCode()
    await made.requestSignInCode({ email })
    t.hasStrict(await made.signInWithCode({ code: first }), { error: { code: 'FAST_AUTH_SIGN_IN_CODE_INVALID' } })
    t.equal((await made.signInWithCode({ code: await mailedCode() })).status, 201)
  })

  t.test(`${transport}: a code whose user has a second factor signs in only with it`, async t => {
    const { client, mailedCode, advance } = await codeApp(t, { secondFactor: 'offered' })
    const first = client({ transport })
    await first.requestSignInCode({ email })
    await first.signInWithCode({ code: await mailedCode() })
    const { data } = await first.startTotp()
    await first.confirmTotp({ code: totpCode(data?.secret ?? '', noon) })
    advance(30)
    const second = client({ transport })
    await second.requestSignInCode({ email })
    const code = await mailedCode()
    t.hasStrict(await second.signInWithCode({ code }), { status: 202, data: { methods: ['totp', 'recoveryCode'] } })
    t.equal(second.session.status, 'unknown')
    t.equal((await second.completeSignIn({ code: totpCode(data?.secret ?? '', noon + 30_000) })).status, 200)
    t.hasStrict(second.session, { status: 'signed-in', user: { email } })
  })
}

t.test('a request for a code and its use reach the server one after the other', async t => {
  const { client, mailedCode, requests } = await codeApp(t)
  const made = client()
  const [first, refused] = await Promise.all([
    made.requestSignInCode({ email }),
    made.signInWithCode({ code: '0000-0000' }),
  ])
  t.equal(first.status, 202)
  t.hasStrict(refused, { error: { code: 'FAST_AUTH_SIGN_IN_CODE_INVALID' } })
  t.same(requests, ['POST /auth/sign-in/email', 'POST /auth/sign-in/email/confirm'])
  t.equal((await made.signInWithCode({ code: await mailedCode() })).status, 201)
})

/** A document whose visibility the test changes. */
function page() {
  const document = Object.assign(new EventTarget(), { visibilityState: 'visible' })
  function turn(visibilityState: 'visible' | 'hidden'): void {
    document.visibilityState = visibilityState
    document.dispatchEvent(new Event('visibilitychange'))
  }
  return { document, turn }
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise(setImmediate)
}

t.test('a page that becomes visible learns that the link was opened in another tab', async t => {
  const { client, mailedCode, requests } = await codeApp(t)
  const { document, turn } = page()
  give(t, 'document', document)
  const fetch = fetchWithJar()
  const asking = client({ fetch, sharesTabs: false })
  await asking.getMe()
  turn('visible')
  await asking.requestSignInCode({ email })
  requests.length = 0
  turn('hidden')
  turn('visible')
  await until(() => requests.length === 1)
  t.same(requests, ['GET /auth/me'], 'a page whose user has not opened the link asks once')
  t.equal(asking.session.status, 'signed-out')

  await client({ fetch, sharesTabs: false }).signInWithCode({ token: await mailedCode() })
  turn('visible')
  await until(() => asking.session.status === 'signed-in')
  await until(() => requests.length === 3)
  await new Promise(setImmediate)
  turn('visible')
  await asking.getMe()
  t.same(requests.slice(2), ['GET /auth/me', 'GET /auth/me'], 'and does not ask again')
})

t.test('a client without cookies, or that is closed, asks for nothing when its page becomes visible', async t => {
  const { client, requests } = await codeApp(t)
  const { document, turn } = page()
  give(t, 'document', document)
  const closed = client({ sharesTabs: false })
  for (const made of [closed, client({ transport: 'token' })]) await made.requestSignInCode({ email })
  closed.close()
  requests.length = 0
  turn('visible')
  await client({ sharesTabs: false }).getMe()
  t.equal(requests.length, 2, 'the request of another client, and its refresh')
})

t.test('a refused request for a code makes the page ask for nothing', async t => {
  const { client, requests } = await codeApp(t)
  const { document, turn } = page()
  give(t, 'document', document)
  const made = client({ sharesTabs: false })
  await made.getMe()
  t.hasStrict(await made.requestSignInCode({ email: 'nothing' }), { error: { statusCode: 400 } })
  requests.length = 0
  turn('visible')
  await client({ sharesTabs: false }).getMe()
  t.equal(requests.length, 2)
})
