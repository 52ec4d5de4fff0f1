import { Type } from '@sinclair/typebox'
import t, { type Test } from 'tap'
import { memoryStorage } from '../../lib/engines/memory.js'
import { sqliteStorage } from '../../lib/engines/sqlite.js'
import type { FastAuthOptions } from '../../lib/index.js'
import { signUpUser } from '../../lib/testing/index.js'
import { ada, bearer } from '../support/account.js'
import { refused } from '../support/refusal.js'
import { testApplication } from '../support/test-application.js'

const profileSchema = Type.Object({ nickname: Type.Optional(Type.String()) })
const grace = { email: 'grace@example.com', password: ada.password } as const

async function namesApp(t: Test, options: Partial<FastAuthOptions> = {}) {
  const tested = await testApplication(t, { options: { usernames: true, profileSchema, ...options } })
  const { app } = tested
  const enter = async (account: { email: string; password: string }) => {
    const { accessToken } = await signUpUser(app, account)
    const headers = bearer(accessToken)
    return {
      patch: (payload: object) => app.inject({ method: 'PATCH', url: '/auth/me', headers, payload }),
      me: async () => (await app.inject({ url: '/auth/me', headers })).json().user,
    }
  }
  const signIn = async (username: string) => {
    const payload = { username, password: ada.password }
    return (await app.inject({ method: 'POST', url: '/auth/sign-in', payload })).statusCode
  }
  return { ...tested, enter, signIn }
}

t.test('a user name is chosen, changed and given up, and signs in as long as it is there', async t => {
  const { enter, signIn, events } = await namesApp(t)
  const { patch, me } = await enter(ada)
  events.length = 0
  const chosen = await patch({ username: 'Ada' })
  t.equal(chosen.statusCode, 200)
  t.equal(chosen.json().user.username, 'ada')
  t.hasStrict(events, [{ name: 'user_updated', reason: 'username_updated' }])
  t.equal(await signIn('ada'), 200)
  t.equal((await patch({ username: 'countess' })).json().user.username, 'countess')
  t.same([await signIn('ada'), await signIn('countess')], [401, 200])
  t.notOk('username' in (await patch({ username: null })).json().user)
  t.equal(await signIn('countess'), 401)
  t.notOk('username' in (await me()))
})

t.test('a user name that was removed is free immediately, and then signs in its new owner', async t => {
  const { app, enter } = await namesApp(t)
  const former = await enter(ada)
  const next = await enter({ ...grace, password: 'a horse of another colour' })
  await former.patch({ username: 'ada' })
  t.equal((await next.patch({ username: 'ada' })).statusCode, 409)
  await former.patch({ username: null })
  t.equal((await next.patch({ username: 'ada' })).statusCode, 200)
  const signIn = (password: string) =>
    app.inject({ method: 'POST', url: '/auth/sign-in', payload: { username: 'ada', password } })
  refused(t, await signIn(ada.password), 401, 'FAST_AUTH_INVALID_CREDENTIALS')
  t.equal((await signIn('a horse of another colour')).json().user.email, grace.email)
})

t.test('name and profile change in one step, or neither does', async t => {
  const { enter, events, calls } = await namesApp(t)
  await (await enter(grace)).patch({ username: 'grace' })
  const { patch, me } = await enter(ada)
  calls.length = 0
  events.length = 0
  const both = await patch({ username: 'ada', profile: { nickname: 'Countess' } })
  t.hasStrict(both.json().user, { username: 'ada', profile: { nickname: 'Countess' } })
  t.same(calls, ['users.updateProfile'])
  t.hasStrict(events, [{ reason: 'profile_updated' }, { reason: 'username_updated' }])
  events.length = 0
  const answer = await patch({ username: 'Grace', profile: { nickname: 'x' } })
  refused(t, answer, 409, 'FAST_AUTH_USER_EXISTS')
  t.equal(answer.json().taken, 'username')
  t.hasStrict(await me(), { username: 'ada', profile: { nickname: 'Countess' } })
  t.same(events, [])
})

t.test('a change of the profile alone leaves the name, and one of the name alone the profile', async t => {
  const { enter, events } = await namesApp(t)
  const { patch, me } = await enter(ada)
  await patch({ username: 'ada', profile: { nickname: 'Countess' } })
  events.length = 0
  await patch({ profile: {} })
  await patch({ username: 'ada' })
  t.hasStrict(await me(), { username: 'ada', profile: { nickname: 'Countess' } })
  t.hasStrict(events, [{ reason: 'profile_updated' }, { reason: 'username_updated' }])
})

t.test('an invalid user name, a reserved one and an empty body are refused, and nothing is written', async t => {
  const { enter, calls } = await namesApp(t)
  const { patch } = await enter(ada)
  calls.length = 0
  const names = ['', 'a b c', 'ada@example.com', 'admin', 5, ['ada'], 'x'.repeat(31)]
  const bodies = [...names.map(username => ({ username })), { username: 'ada', id: 'x' }, { profile: null }]
  for (const body of bodies) refused(t, await patch(body), 400, 'FST_ERR_VALIDATION')
  const empty = await patch({})
  refused(t, empty, 400, 'FST_ERR_VALIDATION')
  t.equal(empty.json().message, 'body must have at least 1 of its fields')
  t.same(calls, [])
})

t.test('there is only what the application has: names, profiles, or both', async t => {
  const { nickname } = { nickname: { profile: { nickname: 'x' } } }
  const names = await (await namesApp(t, { profileSchema: undefined } as object)).enter(ada)
  t.equal((await names.patch({ username: 'ada' })).statusCode, 200)
  for (const body of [nickname, {}]) refused(t, await names.patch(body), 400, 'FST_ERR_VALIDATION')
  const profiles = await (await namesApp(t, { usernames: false })).enter(ada)
  t.equal((await profiles.patch(nickname)).statusCode, 200)
  for (const body of [{ ...nickname, username: 'ada' }, { username: 'ada' }, {}]) {
    refused(t, await profiles.patch(body), 400, 'FST_ERR_VALIDATION')
  }
})

for (const [name, storage] of Object.entries({ memoryStorage, sqlite: () => sqliteStorage({ file: ':memory:' }) })) {
  t.test(`of users who choose one name concurrently exactly one gets it: ${name}`, async t => {
    const { enter } = await namesApp(t, { storage: storage() })
    const users = [await enter(ada), await enter(grace), await enter({ ...ada, email: 'b@example.com' })]
    const answers = await Promise.all(users.map(({ patch }) => patch({ username: 'ada' })))
    t.same(answers.map(({ statusCode }) => statusCode).toSorted(), [200, 409, 409])
  })
}
