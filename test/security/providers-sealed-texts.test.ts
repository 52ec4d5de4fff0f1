import { Type } from '@sinclair/typebox'
import t, { type Test } from 'tap'
import { memoryStorage } from '../../lib/engines/memory.js'
import { setUpTotp, signUpUser } from '../../lib/testing/index.js'
import { ada, bearer } from '../support/account.js'
import { noon } from '../support/protected-application.js'
import { adaThere, ben, fragmentOf, providerApplication } from '../support/provider-application.js'
import { refused } from '../support/refusal.js'

const profileSchema = Type.Object({ nickname: Type.String() })

/** Every sealed text of a sign-in with a provider. All are sealed with the same secret. */
async function sealedTexts(t: Test) {
  const memory = memoryStorage()
  const results: string[] = []
  const { settle } = memory.providerFlows
  const storage = {
    ...memory,
    providerFlows: {
      ...memory.providerFlows,
      settle: (request: Parameters<typeof settle>[0]) => {
        results.push(request.result)
        return settle(request)
      },
    },
  }
  const tested = await providerApplication(t, { options: { storage, profileSchema, secondFactor: 'offered' } })
  const { app, browser, provider, mailbox, post, sendIdToken } = tested
  const own = browser()
  const parameters = provider.approve(await own.start({ transport: 'token' }), ben)
  const { code = '' } = fragmentOf(await own.callback(parameters))
  const [flow] = await own.cookies('/auth/providers')
  const signUp = (await sendIdToken({ ...ben, sub: 'another' }, { nonce: 'another' })).json().signInToken
  const inCookie = browser()
  await inCookie.signIn({ ...ben, sub: 'third' })
  const signUpInCookie = (await inCookie.cookies('/auth/')).find(({ key }) => key.endsWith('sign_in'))

  const owner = await signUpUser(app, { ...ada, profile: { nickname: 'Ada' } } as typeof ada)
  await mailbox.waitForMessage(ada.email)
  await app.fastAuth.confirmUserEmail(owner.user.id, ada.email)
  const { recoveryCodes } = await setUpTotp(owner, { at: noon })
  const waiting = (await post('/sign-in', { ...ada, transport: 'token' })).json().signInToken
  const texts: Readonly<Record<string, string>> = {
    flow: String(flow?.value),
    code,
    'pending sign-up': String(signUp),
    'pending sign-up of a cookie': String(signUpInCookie?.value),
    result: String(results[0]),
    'waiting sign-in': String(waiting),
    'access token': owner.accessToken,
    'refresh token': String(owner.refreshToken),
  }
  return { ...tested, texts, parameters, recoveryCode: String(recoveryCodes[0]), owner }
}

const name = '__Host-provider_flow'

t.test('every sealed text has another value, and none contains what it seals', async t => {
  const { texts } = await sealedTexts(t)
  t.equal(new Set(Object.values(texts)).size, Object.keys(texts).length)
  for (const [kind, text] of Object.entries(texts)) {
    t.ok(text.length > 40, kind)
    if (!kind.includes('token'))
      t.notMatch(Buffer.from(text, 'base64url').toString('latin1'), /ben|acme|state|nonce/, kind)
  }
})

t.test('only a flow continues at the callback', async t => {
  const { app, texts, parameters } = await sealedTexts(t)
  const url = `/auth/providers/acme/callback?${parameters}`
  for (const [kind, text] of Object.entries(texts)) {
    const answer = await app.inject({ url, headers: { cookie: `${name}=${text}` } })
    const isFlow = kind === 'flow'
    t.match(fragmentOf(answer), isFlow ? { code: String } : { error: 'FAST_AUTH_PROVIDER_FLOW_INVALID' }, kind)
    t.equal(answer.headers['set-cookie'], undefined, kind)
  }
})

t.test('only a code is redeemed, and only a flow may redeem it', async t => {
  const { post, texts } = await sealedTexts(t)
  const cookie = `${name}=${texts.flow}`
  for (const [kind, text] of Object.entries(texts)) {
    if (kind !== 'code' && text.length <= 512)
      refused(t, await post('/providers/redeem', { code: text }, { cookie }), 401, 'FAST_AUTH_PROVIDER_CODE_INVALID')
    if (kind !== 'flow') {
      const answer = await post('/providers/redeem', { code: texts.code }, { cookie: `${name}=${text}` })
      refused(t, answer, 401, 'FAST_AUTH_PROVIDER_CODE_INVALID')
    }
  }
  t.match((await post('/providers/redeem', { code: texts.code }, { cookie })).json(), { status: 'sign_up_required' })
})

t.test('only a pending sign-up creates an account, by its own transport', async t => {
  const { post, texts } = await sealedTexts(t)
  const fields = { profile: { nickname: 'Ben' } }
  for (const [kind, text] of Object.entries(texts)) {
    const cookie = `__Host-sign_in=${text}`
    if (kind !== 'pending sign-up')
      refused(
        t,
        await post('/sign-up/provider', { signInToken: text, ...fields }),
        401,
        'FAST_AUTH_PROVIDER_SIGN_UP_EXPIRED',
      )
    if (kind !== 'pending sign-up of a cookie')
      refused(t, await post('/sign-up/provider', fields, { cookie }), 401, 'FAST_AUTH_PROVIDER_SIGN_UP_EXPIRED')
  }
  t.equal((await post('/sign-up/provider', { signInToken: texts['pending sign-up'], ...fields })).statusCode, 201)
})

t.test('of the sealed texts, only a waiting sign-in is completed with a second factor', async t => {
  const { post, texts, recoveryCode } = await sealedTexts(t)
  for (const [kind, text] of Object.entries(texts)) {
    if (kind === 'waiting sign-in') continue
    const answer = await post('/sign-in/second-factor', { signInToken: text.slice(0, 512), recoveryCode })
    refused(t, answer, 401, 'FAST_AUTH_SIGN_IN_EXPIRED')
  }
  const signInToken = texts['waiting sign-in']
  t.equal((await post('/sign-in/second-factor', { signInToken, recoveryCode })).statusCode, 200)
})

t.test('no sealed text of a provider is an access token or a refresh token', async t => {
  const { app, post, texts } = await sealedTexts(t)
  for (const [kind, text] of Object.entries(texts)) {
    if (kind.endsWith('token')) continue
    const me = await app.inject({ url: '/auth/me', headers: bearer(text) })
    refused(t, me, 401, 'FAST_AUTH_ACCESS_TOKEN_INVALID')
    const refresh = await post('/refresh', { refreshToken: text.slice(0, 512) })
    refused(t, refresh, 401, 'FAST_AUTH_REFRESH_TOKEN_INVALID')
  }
})

t.test('a damaged, shortened or lengthened text is worth nothing, and costs no storage call', async t => {
  const { app, post, asked, texts, parameters } = await sealedTexts(t)
  const flow = String(texts.flow)
  const code = String(texts.code)
  const damaged = (text: string) =>
    [0, 5, 20, 40, text.length - 3]
      .map(place => `${text.slice(0, place)}${text[place] === 'A' ? 'B' : 'A'}${text.slice(place + 1)}`)
      .concat(text.slice(1), `${text}AAAA`, text.slice(0, 20), '')
  asked()
  for (const text of damaged(flow)) {
    const url = `/auth/providers/acme/callback?${parameters}`
    const answer = await app.inject({ url, headers: { cookie: `${name}=${text}` } })
    t.strictSame(fragmentOf(answer), { error: 'FAST_AUTH_PROVIDER_FLOW_INVALID' })
  }
  for (const text of damaged(code).filter(text => text !== ''))
    refused(
      t,
      await post('/providers/redeem', { code: text }, { cookie: `${name}=${flow}` }),
      401,
      'FAST_AUTH_PROVIDER_CODE_INVALID',
    )
  t.strictSame(asked(), [])
})

t.test('a pending sign-up creates one account, however often it is sent', async t => {
  const { post, texts } = await sealedTexts(t)
  const payload = { signInToken: texts['pending sign-up'], profile: { nickname: 'Ben' } }
  const answers = await Promise.all(Array.from({ length: 5 }, () => post('/sign-up/provider', payload)))
  t.strictSame(answers.map(({ statusCode }) => statusCode).toSorted(), [201, 409, 409, 409, 409])
})

t.test('of several cookies of flows, the one with the state of the callback counts, wherever it stands', async t => {
  const { app, browser, provider } = await providerApplication(t)
  const flowOf = async (own: ReturnType<typeof browser>) =>
    `${name}=${(await own.cookies('/auth/providers'))[0]?.value}`
  for (const order of [0, 1]) {
    const [victim, attacker] = [browser(), browser()]
    const parameters = provider.approve(await victim.start(), adaThere)
    await attacker.start()
    const cookies = [`${name}=made-up`, await flowOf(attacker), await flowOf(victim), `${name}=`]
    const cookie = (order === 0 ? cookies : cookies.toReversed()).join('; ')
    const answer = await app.inject({ url: `/auth/providers/acme/callback?${parameters}`, headers: { cookie } })
    t.strictSame(fragmentOf(answer), {})
    t.ok(answer.cookies.length > 0)
  }
})

t.test('hundreds of cookies of flows, or one that is huge, are refused like none', async t => {
  const { app, browser, provider, asked } = await providerApplication(t)
  const parameters = provider.approve(await browser().start(), ben)
  const url = `/auth/providers/acme/callback?${parameters}`
  asked()
  for (const cookie of [
    Array.from({ length: 500 }, (_, index) => `${name}=made-up-${index}`).join('; '),
    `${name}=${'A'.repeat(16_000)}`,
    `${name}=${'%41'.repeat(4000)}`,
    `${name}="`,
    `${name}=%`,
    `${name}=${'\u00e9'.repeat(100)}`,
  ]) {
    const answer = await app.inject({ url, headers: { cookie } })
    t.strictSame(fragmentOf(answer), { error: 'FAST_AUTH_PROVIDER_FLOW_INVALID' })
  }
  t.strictSame(asked(), [])
})
