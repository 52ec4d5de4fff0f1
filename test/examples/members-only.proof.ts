import t, { type Test } from 'tap'
import { startExample } from './fixtures/start-example.js'

const password = 'correct horse battery'
const paymentSecret = 'known to the payment provider alone'
const ada = { email: 'ada@example.com', username: 'Ada', profile: { displayName: 'Ada <Lovelace>' } }
const ben = { email: 'ben@example.com', username: 'ben', profile: { displayName: 'Ben' } }

async function club(t: Test) {
  const variables = { PAYMENT_SECRET: paymentSecret }
  const { url } = await startExample(t, 'members-only/app.ts', { variables })

  async function send(method: string, path: string, body?: object, accessToken = '') {
    const response = await fetch(url + path, {
      method,
      headers: {
        'user-agent': '<script>alert(1)</script>',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(accessToken === '' ? {} : { authorization: `Bearer ${accessToken}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    const isJson = response.headers.get('content-type')?.startsWith('application/json') === true
    return { status: response.status, text, json: isJson ? JSON.parse(text) : {} }
  }

  return {
    send,
    join: (person: object) => send('POST', '/auth/sign-up', { ...person, password, transport: 'token' }),
    signIn: (key: object) => send('POST', '/auth/sign-in', { ...key, password, transport: 'token' }),
  }
}

t.test('only who was invited can join, and a member can invite', async t => {
  const { send, join } = await club(t)
  const { status, json } = await join(ben)
  t.strictSame([status, json.code, json.message], [403, 'FAST_AUTH_SIGN_UP_REFUSED', 'Ask a member to invite you'])
  const { accessToken } = (await join(ada)).json
  t.equal((await send('POST', '/invitations', { email: 'Ben@example.com' })).status, 401)
  t.equal((await send('POST', '/invitations', { email: 'Ben@example.com' }, accessToken)).status, 204)
  t.equal((await join(ben)).status, 201)
})

t.test('members sign in by address or by user name, however it is written', async t => {
  const { join, signIn } = await club(t)
  t.equal((await join(ada)).json.user.username, 'ada')
  t.equal((await signIn({ email: 'ADA@example.com' })).status, 200)
  t.equal((await signIn({ username: 'aDa' })).status, 200)
  t.equal((await signIn({ username: 'ben' })).json.code, 'FAST_AUTH_INVALID_CREDENTIALS')
})

t.test('the plan is set by a payment, and never by the member', async t => {
  const { send, join } = await club(t)
  t.equal((await join({ ...ada, profile: { ...ada.profile, plan: 'pro' } })).status, 400)
  const { user, accessToken } = (await join(ada)).json
  const rename = { displayName: 'Augusta', plan: 'pro' }
  t.equal((await send('PATCH', '/auth/me', { profile: rename }, accessToken)).status, 400)
  t.equal((await send('GET', '/lounge', undefined, accessToken)).status, 402)
  t.equal((await send('POST', '/payments', { secret: 'a guess', userId: user.id })).status, 403)
  t.equal((await send('POST', '/payments', { secret: paymentSecret, userId: user.id })).status, 204)
  t.equal((await send('PATCH', '/auth/me', { profile: { displayName: 'Augusta' } }, accessToken)).status, 200)
  const lounge = await send('GET', '/lounge', undefined, accessToken)
  t.strictSame(lounge.json, { welcome: 'Augusta', username: 'ada' })
  const me = await send('GET', '/auth/me', undefined, accessToken)
  t.strictSame(me.json.user.profile, { displayName: 'Augusta', plan: 'pro' })
})

t.test('a member sees the events of their own account, and no others', async t => {
  const { send, join, signIn } = await club(t)
  const { accessToken } = (await join(ada)).json
  await send('POST', '/invitations', { email: ben.email }, accessToken)
  const other = (await join(ben)).json
  await send('POST', '/auth/sign-in', { username: 'ada', password: 'incorrect horse' })
  await signIn({ username: 'ada' })
  t.equal((await send('GET', '/history')).status, 401)
  const { text } = await send('GET', '/history', undefined, accessToken)
  const names = Array.from(text.matchAll(/<td>((?:user|authn)_\w+)<\/td>/g), ([, name]) => name)
  t.strictSame(names, [
    'authn_login_success',
    'authn_login_fail',
    'user_updated',
    'authn_login_success',
    'user_created',
  ])
  t.match(text, '&lt;script&gt;')
  t.notMatch(text, '<script>')
  const { text: others } = await send('GET', '/history', undefined, other.accessToken)
  t.notMatch(others, 'authn_login_fail')
})

t.test('the fields of members and their user names are in the OpenAPI document', async t => {
  const { send } = await club(t)
  const { components } = (await send('GET', '/openapi.json')).json
  const text = JSON.stringify(components)
  t.match(text, '"displayName"')
  t.match(text, '"plan"')
  t.match(text, '"username"')
})
