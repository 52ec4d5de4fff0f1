import { Type } from '@sinclair/typebox'
import t from 'tap'
import { memoryStorage } from '../../lib/engines/memory.js'
import { ada, bearer, signUpForTokens } from '../support/account.js'
import { codeApplication, stranger } from '../support/code-application.js'
import { refused } from '../support/refusal.js'
import { testApplication } from '../support/test-application.js'

const profileSchema = Type.Object({
  nickname: Type.Optional(Type.String()),
  address: Type.Optional(Type.Object({ city: Type.Optional(Type.String()) })),
  pets: Type.Optional(Type.Array(Type.Object({ name: Type.String() }))),
  home: Type.Optional(Type.Union([Type.Object({ city: Type.String() }), Type.Null()])),
  plan: Type.Optional(Type.String({ readOnly: true })),
})

/** Fields that no user may set: of the record, of other systems, and of the server. */
const reserved = [
  'id',
  'userId',
  'email',
  'emailConfirmedAt',
  'username',
  'password',
  'passwordHash',
  'profile',
  'createdAt',
  'lastSignInAt',
  'disabledAt',
  'role',
  'isAdmin',
  'scopes',
  'plan',
  'constructor',
  'prototype',
  'toString',
]
const dangerous = ['{"__proto__":{"plan":"pro"}}', '{"constructor":{"prototype":{"plan":"pro"}}}']

/** Profiles that each try it, as JSON: at the top, within an object, within a list. */
const profiles = [
  ...reserved.flatMap(name =>
    [
      { [name]: 'x' },
      { address: { [name]: 'x' } },
      { pets: [{ name: 'x', [name]: 'x' }] },
      { home: { city: 'x', [name]: 'x' } },
    ].map(profile => JSON.stringify(profile)),
  ),
  ...dangerous,
  ...dangerous.map(text => `{"address":${text}}`),
  ...dangerous.map(text => `{"pets":[${text}]}`),
]

const outside = reserved.filter(name => !['email', 'password', 'profile'].includes(name))

for (const usernames of [false, true]) {
  const where = usernames ? 'with user names' : 'without'
  t.test(`a user cannot set fields of the server, at sign-up, by an update or with an API key: ${where}`, async t => {
    const storage = memoryStorage()
    const { app, calls } = await testApplication(t, { options: { storage, profileSchema, usernames } })
    const { user, accessToken } = await signUpForTokens(app)
    const before = await storage.users.find({ userId: user.id })
    const send = (method: 'POST' | 'PATCH', url: string, payload: string) =>
      app.inject({ method, url, payload, headers: { 'content-type': 'application/json', ...bearer(accessToken) } })
    const newUser = JSON.stringify({ ...ada, email: 'ben@example.com' }).slice(0, -1)
    const bodies: (readonly ['POST' | 'PATCH', string, string])[] = profiles
      .filter(text => text !== '{"pets":[{"name":"x"}]}')
      .flatMap(
        profile =>
          [
            ['POST', '/auth/sign-up', `${newUser},"profile":${profile}}`],
            ['PATCH', '/auth/me', `{"profile":${profile}}`],
          ] as const,
      )
    for (const name of outside) {
      bodies.push(['POST', '/auth/sign-up', `${newUser},"${name}":"x"}`])
      bodies.push(['PATCH', '/auth/me', `{"profile":{},"${name}":"x"}`])
      if (name !== 'scopes') bodies.push(['POST', '/auth/api-keys', `{"name":"k","${name}":"x"}`])
    }
    for (const text of dangerous) {
      bodies.push(['POST', '/auth/sign-up', `${newUser},${text.slice(1)}`])
      bodies.push(['PATCH', '/auth/me', `{"profile":{},${text.slice(1)}`])
      bodies.push(['POST', '/auth/api-keys', `{"name":"k",${text.slice(1)}`])
    }
    calls.length = 0
    for (const [method, url, body] of bodies) {
      const answer = await send(method, url, body)
      const isDangerous = dangerous.some(text => body.includes(text.slice(1, -1)))
      refused(t, answer, 400, isDangerous ? 'FST_ERR_CTP_INVALID_JSON_BODY' : 'FST_ERR_VALIDATION')
    }
    t.strictSame(calls, [], 'the storage was not asked')
    t.strictSame(await storage.users.find({ userId: user.id }), before)
    t.equal(Reflect.get({}, 'plan'), undefined, 'no object has become another')
  })
}

t.test('a client cannot set fields of the server with a mailed code', async t => {
  const emailSignIn = { signUp: true } as const
  const { post, app, request, asked, codeSession } = await codeApplication(t, {
    options: { profileSchema, emailSignIn },
  })
  const { code, body } = await request(stranger)
  const confirmed = JSON.stringify({ code, ...body }).slice(0, -1)
  const requested = JSON.stringify({ email: stranger }).slice(0, -1)
  const bodies = [requested, confirmed].flatMap(text => [
    ...reserved.filter(name => name !== 'email').map(name => `${text},"${name}":"x"}`),
    ...dangerous.map(other => `${text},${other.slice(1)}`),
  ])
  asked()
  for (const payload of [...bodies, `${confirmed},"email":"${ada.email}"}`]) {
    const url = `/auth/sign-in/email${payload.startsWith(confirmed) ? '/confirm' : ''}`
    const answer = await app.inject({ method: 'POST', url, payload, headers: { 'content-type': 'application/json' } })
    const isDangerous = dangerous.some(text => payload.includes(text.slice(1, -1)))
    refused(t, answer, 400, isDangerous ? 'FST_ERR_CTP_INVALID_JSON_BODY' : 'FST_ERR_VALIDATION')
  }
  t.strictSame(asked(), [], 'the storage was not asked')
  t.equal((await post('/sign-in/email/confirm', { code, ...body })).statusCode, 201)
  t.strictSame((await codeSession(stranger)).user.profile, {})
})
