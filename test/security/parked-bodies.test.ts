import t from 'tap'
import type { Storage } from '../../lib/composition/storage.js'
import { memoryStorage } from '../../lib/engines/memory.js'
import { ada, bearer, signUpForTokens } from '../support/account.js'
import { testApplication } from '../support/test-application.js'

/** A storage in which `end` happens right before the named method carries out its step. */
function endingBefore(group: 'users' | 'sessions' | 'oneTimeTokens' | 'apiKeys', method: string) {
  const storage = memoryStorage()
  const armed: { end: (() => Promise<unknown>) | null } = { end: null }
  const methods: object = storage[group]
  const ending: Storage = {
    ...storage,
    [group]: {
      ...methods,
      async [method](request: unknown) {
        const { end } = armed
        armed.end = null
        await end?.()
        return Reflect.apply(Reflect.get(methods, method), methods, [request])
      },
    },
  }
  return { storage: ending, armed, right: storage }
}

const profileSchema = { type: 'object', properties: { nickname: { type: 'string' } } } as const

const requests = [
  ['users', 'updateProfile', 'PATCH', '/auth/me', { profile: { nickname: 'thief' } }],
  ['users', 'delete', 'DELETE', '/auth/me', { password: ada.password }],
  [
    'users',
    'changePassword',
    'POST',
    '/auth/password/change',
    { currentPassword: ada.password, newPassword: 'a new long phrase' },
  ],
  ['sessions', 'revoke', 'DELETE', '/auth/sessions/:other', undefined],
  ['sessions', 'revokeAll', 'DELETE', '/auth/sessions', undefined],
  ['oneTimeTokens', 'issue', 'POST', '/auth/email/change', { email: 'thief@example.com', password: ada.password }],
  ['apiKeys', 'create', 'POST', '/auth/api-keys', { name: 'thief' }],
  ['apiKeys', 'delete', 'DELETE', '/auth/api-keys/:key', undefined],
  ['apiKeys', 'roll', 'POST', '/auth/api-keys/:key/roll', {}],
] as const

for (const [group, method, httpMethod, path, payload] of requests) {
  t.test(`${httpMethod} ${path}: a session that ends before the write is refused, and nothing is written`, async t => {
    const { storage, armed, right } = endingBefore(group, method)
    const { app } = await testApplication(t, { mail: true, options: { storage, profileSchema } })
    const asking = await signUpForTokens(app)
    const signIn = await app.inject({ method: 'POST', url: '/auth/sign-in', payload: { ...ada, transport: 'token' } })
    const other = signIn.json().session.id
    const headers = bearer(asking.accessToken)
    const key = await app.inject({ method: 'POST', url: '/auth/api-keys', headers, payload: { name: 'own' } })
    const userId = asking.user.id
    const now = Date.UTC(2026, 0, 1, 12)
    const state = async () => [
      await right.users.find({ userId }),
      (await right.sessions.list({ userId, now, limit: 10, offset: 0 })).items,
      await right.apiKeys.list({ userId, limit: 10, offset: 0, sortBy: 'createdAt', sortOrder: 'asc' }),
    ]
    let before: unknown
    armed.end = async () => {
      await right.sessions.revoke({ sessionId: asking.session.id, now })
      before = await state()
    }
    const url = path.replace(':other', other).replace(':key', key.json().id)
    const answer = await app.inject({ method: httpMethod, url, headers, ...(payload && { payload }) })
    t.strictSame([answer.statusCode, answer.json().code], [401, 'FAST_AUTH_SESSION_REVOKED'])
    t.strictSame(await state(), before)
    const again = await app.inject({ url: '/auth/me', headers })
    t.equal(again.json().code, 'FAST_AUTH_SESSION_REVOKED', 'this process refuses its tokens from now on')
  })
}

for (const [method, path, purpose] of [
  ['confirmEmail', '/email/confirm', 'confirmEmail'],
  ['changeEmail', '/email/change/confirm', 'changeEmail'],
] as const) {
  t.test(`POST ${path}: a password that changes before the write is refused, and the link stays good`, async t => {
    const { storage, armed, right } = endingBefore('oneTimeTokens', method)
    const { app, events, post, tokenTo } = await testApplication(t, { mail: true, options: { storage } })
    const { accessToken, user } = await signUpForTokens(app)
    const email = purpose === 'changeEmail' ? 'new@example.com' : ada.email
    if (purpose === 'changeEmail') await post('/email/change', { email, password: ada.password }, bearer(accessToken))
    const token = await tokenTo(email, purpose)
    const before = await right.users.find({ userId: user.id })
    const { passwordHash = null } = before ?? {}
    if (passwordHash === null) throw new Error('there is no password')
    const newHash = `$2b$04$${'a'.repeat(53)}` as typeof passwordHash
    const replace = (currentHash: typeof passwordHash, next: typeof passwordHash) =>
      right.users.replacePasswordHash({ userId: user.id, currentHash, newHash: next })
    armed.end = () => replace(passwordHash, newHash)
    const answer = await post(path, { token, password: ada.password })
    t.strictSame([answer.statusCode, answer.json().code], [401, 'FAST_AUTH_INVALID_CREDENTIALS'])
    t.hasStrict(events.at(-1), { name: 'authn_login_fail', reason: 'password_changed_meanwhile', userId: user.id })
    t.strictSame(await right.users.find({ userId: user.id }), { ...before, passwordHash: newHash })
    await replace(newHash, passwordHash)
    t.equal((await post(path, { token, password: ada.password })).statusCode, 200)
  })

  t.test(`POST ${path}: a better hash of the same password before the write refuses no request`, async t => {
    const { storage, armed, right } = endingBefore('oneTimeTokens', method)
    const { app, post, tokenTo } = await testApplication(t, { mail: true, options: { storage } })
    const { accessToken, user } = await signUpForTokens(app)
    const email = purpose === 'changeEmail' ? 'new@example.com' : ada.email
    if (purpose === 'changeEmail') await post('/email/change', { email, password: ada.password }, bearer(accessToken))
    const token = await tokenTo(email, purpose)
    const ben = await signUpForTokens(app, { ...ada, email: 'ben@example.com' })
    const hashOf = async (userId: string) => (await right.users.find({ userId }))?.passwordHash ?? null
    const [currentHash, newHash] = [await hashOf(user.id), await hashOf(ben.user.id)]
    if (currentHash === null || newHash === null) throw new Error('there is no password')
    armed.end = () => right.users.replacePasswordHash({ userId: user.id, currentHash, newHash })
    t.equal((await post(path, { token, password: ada.password })).statusCode, 200)
  })
}

for (const [group, method, httpMethod, path, payload] of requests.filter(
  ([, , , , asked]) => asked && 'password' in asked,
)) {
  t.test(`${httpMethod} ${path}: a password that changes before the write is refused`, async t => {
    const { storage, armed, right } = endingBefore(group, method)
    const { app, events } = await testApplication(t, { mail: true, options: { storage } })
    const { accessToken, user } = await signUpForTokens(app)
    const owner = await right.users.find({ userId: user.id })
    const { passwordHash = null } = owner ?? {}
    if (passwordHash === null) throw new Error('there is no password')
    const newHash = `$2b$04$${'a'.repeat(53)}` as typeof passwordHash
    armed.end = () => right.users.replacePasswordHash({ userId: user.id, currentHash: passwordHash, newHash })
    const answer = await app.inject({
      method: httpMethod,
      url: path,
      headers: bearer(accessToken),
      ...(payload && { payload }),
    })
    t.strictSame([answer.statusCode, answer.json().code], [401, 'FAST_AUTH_INVALID_CREDENTIALS'])
    t.ok(await right.users.find({ userId: user.id }))
    t.hasStrict(events.at(-1), { name: 'authn_login_fail', reason: 'password_changed_meanwhile' })
  })
}
