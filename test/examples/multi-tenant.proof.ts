import t, { type Test } from 'tap'
import { withRefreshToken } from '../support/with-refresh-token.js'
import { startExample } from './fixtures/start-example.js'

const password = 'correct horse battery'

/** The running example, and its users, who send requests with their tokens. */
async function notebook(t: Test) {
  const { url, printed } = await startExample(t, 'multi-tenant/app.js')

  async function send(method: string, path: string, body?: object, credential = '') {
    const response = await fetch(url + path, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(credential === '' ? {} : { authorization: `Bearer ${credential}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    return { status: response.status, json: text === '' ? {} : JSON.parse(text) }
  }

  async function signUp(email: string, invitationToken?: string) {
    const { json } = await send('POST', '/auth/sign-up', { email, password, transport: 'token', invitationToken })
    let { accessToken, refreshToken } = json

    async function sent(method: string, path: string, given?: object) {
      const body = given && withRefreshToken(path.replace('/auth', ''), refreshToken, given)
      const answer = await send(method, path, body, accessToken)
      if ('accessToken' in answer.json) ({ accessToken, refreshToken } = answer.json)
      return answer
    }

    /** Sends a request as a client does: an access token that has expired is renewed once. */
    async function request(method: string, path: string, body?: object) {
      const answer = await sent(method, path, body)
      if (answer.json.code !== 'FAST_AUTH_ACCESS_TOKEN_EXPIRED') return answer
      ;({ accessToken, refreshToken } = (await send('POST', '/auth/refresh', { refreshToken })).json)
      return sent(method, path, body)
    }
    return { id: json.user.id, request }
  }

  /** A user with an organisation, in which their session acts. */
  async function founder(email: string) {
    const user = await signUp(email)
    const { json } = await user.request('POST', '/auth/organizations', { name: email })
    await user.request('POST', '/auth/organizations/current', { organizationId: json.id })
    return { ...user, organizationId: json.id }
  }

  async function invite({ request, organizationId }: Awaited<ReturnType<typeof founder>>, email: string, role: string) {
    t.equal((await request('POST', `/auth/organizations/${organizationId}/invitations`, { email, role })).status, 202)
    return signUp(email, await printed(new RegExp(`To: ${email}[^]*?invitations/accept#token=([\\w-]+)`)))
  }

  return { send, founder, invite }
}

t.test('an organisation sees its own notes, in the path and in the session, and no others', async t => {
  const { send, founder } = await notebook(t)
  const [ada, ben] = [await founder('ada@example.com'), await founder('ben@example.com')]
  t.equal((await send('GET', '/notes')).status, 401)
  const { json: written } = await ada.request('POST', '/notes', { text: 'The engine weaves' })
  const ofAda = `/organizations/${ada.organizationId}`
  for (const path of ['/notes', `${ofAda}/notes`]) {
    const { json } = await ada.request('GET', path)
    t.strictSame(json.notes, [{ id: written.id, author: ada.id, text: 'The engine weaves' }])
  }
  t.strictSame((await ben.request('GET', '/notes')).json.notes, [])
  t.equal((await ben.request('GET', `${ofAda}/notes`)).status, 404)
  t.equal((await ben.request('DELETE', `/notes/${written.id}`)).status, 404)
  t.equal((await ada.request('GET', `${ofAda}/usage`)).json.notes, 1)
})

t.test('members do what their role may, and a changed role counts for the next request', async t => {
  const { founder, invite } = await notebook(t)
  const ada = await founder('ada@example.com')
  const member = await invite(ada, 'grace@example.com', 'member')
  const billing = await invite(ada, 'hedy@example.com', 'billing')
  const { json } = await member.request('POST', '/notes', { text: 'A bug' })
  const usage = `/organizations/${ada.organizationId}/usage`
  t.equal((await member.request('DELETE', `/notes/${json.id}`)).json.code, 'APP_PERMISSION_REQUIRED')
  t.equal((await member.request('GET', usage)).json.code, 'FAST_AUTH_ROLE_REQUIRED')
  t.equal((await member.request('POST', '/invoices/pay')).status, 403)
  t.equal((await billing.request('POST', '/invoices/pay')).json.paid, 1)
  const membership = `/auth/organizations/${ada.organizationId}/members/${member.id}`
  t.equal((await ada.request('PATCH', membership, { role: 'admin' })).status, 200)
  t.equal((await member.request('GET', usage)).json.notes, 1)
  t.equal((await member.request('DELETE', `/notes/${json.id}`)).status, 204)
  t.equal((await ada.request('DELETE', membership)).status, 204)
  t.equal((await member.request('GET', '/notes')).json.code, 'FAST_AUTH_ORGANIZATION_REQUIRED')
})

t.test('an API key acts in its organisation, and never pays', async t => {
  const { send, founder } = await notebook(t)
  const [ada, ben] = [await founder('ada@example.com'), await founder('ben@example.com')]
  const { organizationId } = ada
  const { key } = (await ada.request('POST', '/auth/api-keys', { name: 'backup', organizationId })).json
  t.equal((await send('POST', '/notes', { text: 'By a program' }, key)).status, 201)
  t.equal((await send('GET', '/notes', undefined, key)).json.notes.length, 1)
  t.equal((await send('GET', `/organizations/${ben.organizationId}/notes`, undefined, key)).status, 404)
  t.equal((await send('POST', '/invoices/pay', undefined, key)).status, 403)
})

t.test('the notes are deleted with their organisation', async t => {
  const { founder } = await notebook(t)
  const ada = await founder('ada@example.com')
  await ada.request('POST', '/notes', { text: 'Short-lived' })
  t.equal((await ada.request('DELETE', `/auth/organizations/${ada.organizationId}`)).status, 204)
  t.equal((await ada.request('GET', `/organizations/${ada.organizationId}/notes`)).status, 404)
})
