import t, { type Test } from 'tap'
import { memoryStorage } from '../../lib/engines/memory.js'
import { ada, bearer, signInForTokens } from '../support/account.js'
import { soon } from '../support/soon.js'
import { type KeyApplication, testApplication } from '../support/test-application.js'

const ben = { ...ada, email: 'ben@example.com' }
const newPassword = 'a different battery'

/** Two processes on one storage, which read every tenth of a second what the other has revoked. Ada is signed in to the first. */
async function twoProcesses(t: Test) {
  const storage = { ...memoryStorage(), close: async () => {} }
  const options = { storage, refreshGraceSeconds: 0, revocationFeed: { everySeconds: 0.1 } }
  const one = await testApplication(t, { keys: true, options })
  const two = await testApplication(t, { keys: { account: ben }, options })
  return { one, two }
}

/** An operation that ends access, and a credential that it revokes. */
interface Ending {
  credential(one: KeyApplication): Promise<{ readonly id: string; readonly text: string }>
  end(one: KeyApplication, credential: { readonly id: string; readonly text: string }): Promise<{ statusCode: number }>
}

function ask({ app, owner }: KeyApplication, method: 'POST' | 'DELETE', path: string, payload: object = {}) {
  return app.inject({ method, url: `/auth${path}`, headers: bearer(owner.accessToken), payload })
}

const ownSession = async ({ owner }: KeyApplication) => ({ id: owner.session.id, text: owner.accessToken })

async function otherSession({ app }: KeyApplication) {
  const { session, accessToken } = await signInForTokens(app)
  return { id: session.id, text: accessToken }
}

async function key({ owner }: KeyApplication) {
  const { id, key: text } = await owner.make()
  return { id, text }
}

const endings: Readonly<Record<string, Ending>> = {
  'a session that was signed out': { credential: ownSession, end: one => ask(one, 'POST', '/sign-out') },
  'a session that was ended': {
    credential: otherSession,
    end: (one, { id }) =>
      one.app.inject({ method: 'DELETE', url: `/auth/sessions/${id}`, headers: bearer(one.owner.accessToken) }),
  },
  'each other session, when all are ended': {
    credential: otherSession,
    end: one => one.app.inject({ method: 'DELETE', url: '/auth/sessions', headers: bearer(one.owner.accessToken) }),
  },
  'each other session, when the password is changed': {
    credential: otherSession,
    end: one => ask(one, 'POST', '/password/change', { currentPassword: ada.password, newPassword }),
  },
  'a session whose refresh token was copied': {
    credential: ownSession,
    async end({ app, owner: { refreshToken } }) {
      const refresh = { method: 'POST', url: '/auth/refresh', payload: { refreshToken } } as const
      await app.inject(refresh)
      return app.inject(refresh)
    },
  },
  'a session whose user is deleted': {
    credential: ownSession,
    end: one => ask(one, 'DELETE', '/me', { password: ada.password }),
  },
  'a key that was deleted': { credential: key, end: ({ owner }, { id }) => owner.remove(id) },
  'a key that was rolled': { credential: key, end: ({ owner }, { id }) => owner.post(`/${id}/roll`) },
  'a key whose user is deleted': {
    credential: key,
    end: one => ask(one, 'DELETE', '/me', { password: ada.password }),
  },
}

for (const [what, { credential, end }] of Object.entries(endings)) {
  t.test(`the other process refuses ${what}, within the interval`, async t => {
    const { one, two } = await twoProcesses(t)
    const given = await credential(one)
    t.equal((await two.use(given.text)).statusCode, 200, 'it is good, and remembered')
    await end(one, given)
    t.equal((await one.use(given.text)).statusCode, 401, 'immediately at the process that ended it')
    const seconds = await soon(async () => (await two.use(given.text)).statusCode === 401)
    t.ok(seconds < 2, `${seconds} s, on a machine that may be busy`)
  })
}

t.test('that costs no storage call at a request, before and after', async t => {
  const { one, two } = await twoProcesses(t)
  const { accessToken } = one.owner
  await two.use(accessToken)
  await ask(one, 'POST', '/sign-out')
  await soon(async () => (await two.use(accessToken)).json().code === 'FAST_AUTH_SESSION_REVOKED')
  t.same(new Set(two.calls), new Set(['revocations.list']))
})

t.test('a key that was rolled with an overlap is good in both processes until that is over', async t => {
  const { one, two } = await twoProcesses(t)
  const made = await one.owner.make()
  await two.use(made.key)
  await one.owner.post(`/${made.id}/roll`, { overlapSeconds: 30 })
  two.calls.length = 0
  await soon(async () => {
    t.equal((await two.use(made.key)).statusCode, 200)
    return two.calls.includes('apiKeys.findByHash')
  })
  two.advance(30)
  t.equal((await two.use(made.key)).json().code, 'FAST_AUTH_API_KEY_INVALID')
})

t.test('revocations by other users do not affect a signed-in user', async t => {
  const { one, two } = await twoProcesses(t)
  const other = await otherSession(one)
  await ask(one, 'POST', '/sign-out')
  await soon(async () => (await two.use(one.owner.accessToken)).statusCode === 401)
  t.strictSame([(await one.use(other.text)).statusCode, (await two.use(other.text)).statusCode], [200, 200])
  t.equal((await two.use(two.owner.accessToken)).statusCode, 200)
})
