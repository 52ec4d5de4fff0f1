import { Ajv } from 'ajv'
import type { InjectOptions } from 'fastify'
import t from 'tap'
import type { OperationSchema } from '../../schemas/index.js'
import * as schemas from '../../schemas/index.js'
import { ada, bearer, signInForTokens, signUpForCookies, signUpForTokens } from '../support/account.js'
import { testApplication } from '../support/test-application.js'

const ajv = new Ajv({ strict: false, formats: { email: true, password: true, 'date-time': true, uuid: true } })
for (const schema of schemas.namedSchemas) ajv.addSchema(schema)

/** Returns the differences between an answer and its documentation. */
function problem({ response }: OperationSchema, status: number, body: string): string | null {
  const schema = response[status]
  if (schema === undefined) return `${status} is not documented`
  if (schema.type === 'null') return body === '' ? null : 'there should be no body'
  return ajv.validate(schema, JSON.parse(body)) ? null : ajv.errorsText()
}

t.test('operations answer as they are documented, good and bad', async t => {
  const { app } = await testApplication(t, { options: { apiKeys: { maximumPerUser: 3 } } })
  const cookie = await signUpForCookies(app, { ...ada, email: 'grace@example.com' })
  const { refreshToken } = await signUpForTokens(app)
  const { accessToken } = await signInForTokens(app)
  const { session } = await signInForTokens(app)
  const headers = bearer(accessToken)
  const keyPayload = { name: 'deploy' }
  const made = await app.inject({ method: 'POST', url: '/auth/api-keys', headers, payload: keyPayload })
  const ended = await app.inject({ method: 'POST', url: '/auth/api-keys', headers, payload: keyPayload })
  const keyUrl = `/auth/api-keys/${ended.json().id}`
  const byKey = { headers: bearer(made.json().key) }
  const post = (url: string, payload?: unknown, more: InjectOptions = {}): InjectOptions => ({
    method: 'POST',
    url,
    ...(payload === undefined ? {} : { payload: payload as object }),
    ...more,
  })
  const newUser = { email: 'unknown@example.com', password: ada.password }
  const crossSite = { headers: { 'sec-fetch-site': 'cross-site' } }
  const text = { headers: { 'content-type': 'text/plain' } }
  const deletion = { method: 'DELETE', url: '/auth/me', payload: { password: ada.password } } as const

  const exchanges: readonly (readonly [OperationSchema, number, InjectOptions])[] = [
    [schemas.signUp, 201, post('/auth/sign-up', newUser)],
    [schemas.signUp, 201, post('/auth/sign-up', { ...ada, email: 'b@example.com', transport: 'token' })],
    [schemas.signUp, 409, post('/auth/sign-up', newUser)],
    [schemas.signUp, 400, post('/auth/sign-up', { ...newUser, password: 'short' })],
    [schemas.signUp, 400, post('/auth/sign-up', { ...newUser, role: 'admin' })],
    [schemas.signUp, 400, post('/auth/sign-up', { ...newUser, email: 'a@b' })],
    [schemas.signUp, 400, post('/auth/sign-up', '{', { headers: { 'content-type': 'application/json' } })],
    [schemas.signUp, 403, post('/auth/sign-up', newUser, crossSite)],
    [schemas.signUp, 413, post('/auth/sign-up', { ...newUser, password: 'x'.repeat(20_000) })],
    [schemas.signUp, 415, post('/auth/sign-up', 'text', text)],
    [schemas.signIn, 200, post('/auth/sign-in', ada)],
    [schemas.signIn, 200, post('/auth/sign-in', { ...ada, transport: 'token' })],
    [schemas.signIn, 401, post('/auth/sign-in', { ...ada, password: 'wrong horse battery' })],
    [schemas.signIn, 403, post('/auth/sign-in', ada, crossSite)],
    [schemas.signIn, 415, post('/auth/sign-in', 'text', text)],
    [schemas.refreshSession, 200, post('/auth/refresh', undefined, { headers: { cookie } })],
    [schemas.refreshSession, 200, post('/auth/refresh', { refreshToken })],
    [schemas.refreshSession, 400, post('/auth/refresh', { refreshToken: '' })],
    [schemas.refreshSession, 401, post('/auth/refresh')],
    [schemas.refreshSession, 401, post('/auth/refresh', { refreshToken: 'x' })],
    [schemas.refreshSession, 403, post('/auth/refresh', undefined, { headers: { ...crossSite.headers, cookie } })],
    [schemas.getMe, 200, { url: '/auth/me', headers }],
    [schemas.getMe, 400, { url: '/auth/me?token=x', headers }],
    [schemas.getMe, 401, { url: '/auth/me' }],
    [schemas.getMe, 401, { url: '/auth/me', headers: bearer('x') }],
    [schemas.listSessions, 200, { url: '/auth/sessions', headers }],
    [schemas.listSessions, 401, { url: '/auth/sessions' }],
    [schemas.revokeSession, 204, { method: 'DELETE', url: `/auth/sessions/${session.id}`, headers }],
    [schemas.revokeSession, 404, { method: 'DELETE', url: `/auth/sessions/${session.id}`, headers }],
    [schemas.revokeSession, 400, { method: 'DELETE', url: '/auth/sessions/x', headers }],
    [schemas.revokeSession, 401, { method: 'DELETE', url: `/auth/sessions/${session.id}` }],
    [schemas.revokeOtherSessions, 200, { method: 'DELETE', url: '/auth/sessions', headers }],
    [schemas.revokeOtherSessions, 401, { method: 'DELETE', url: '/auth/sessions' }],
    [
      schemas.revokeOtherSessions,
      403,
      { method: 'DELETE', url: '/auth/sessions', headers: { ...crossSite.headers, cookie } },
    ],
    [schemas.getMe, 200, { url: '/auth/me', ...byKey }],
    [schemas.getMe, 401, { url: '/auth/me', headers: bearer('sk-x') }],
    [schemas.createApiKey, 201, post('/auth/api-keys', keyPayload, { headers })],
    [schemas.createApiKey, 400, post('/auth/api-keys', { name: ' ' }, { headers })],
    [schemas.createApiKey, 400, post('/auth/api-keys', { ...keyPayload, scopes: ['x'] }, { headers })],
    [schemas.createApiKey, 401, post('/auth/api-keys', keyPayload)],
    [schemas.createApiKey, 403, post('/auth/api-keys', keyPayload, byKey)],
    [schemas.createApiKey, 409, post('/auth/api-keys', keyPayload, { headers })],
    [schemas.listApiKeys, 200, { url: '/auth/api-keys?limit=2&sortBy=name', headers }],
    [schemas.listApiKeys, 400, { url: '/auth/api-keys?limit=0', headers }],
    [schemas.listApiKeys, 401, { url: '/auth/api-keys' }],
    [schemas.listApiKeys, 403, { url: '/auth/api-keys', ...byKey }],
    [schemas.rollApiKey, 409, post(`${keyUrl}/roll`, { overlapSeconds: 5 }, { headers })],
    [schemas.rollApiKey, 201, post(`${keyUrl}/roll`, undefined, { headers })],
    [schemas.rollApiKey, 400, post(`${keyUrl}/roll`, { overlapSeconds: -1 }, { headers })],
    [schemas.rollApiKey, 401, post(`${keyUrl}/roll`)],
    [schemas.rollApiKey, 403, post(`${keyUrl}/roll`, undefined, byKey)],
    [schemas.rollApiKey, 404, post(`${keyUrl}/roll`, undefined, { headers })],
    [schemas.deleteMe, 400, { ...deletion, payload: {}, headers }],
    [schemas.deleteMe, 401, { ...deletion, payload: { password: 'wrong horse battery' }, headers }],
    [schemas.deleteMe, 401, deletion],
    [schemas.deleteMe, 403, { ...deletion, ...byKey }],
    [schemas.deleteMe, 204, { ...deletion, headers: { cookie } }],
    [schemas.deleteApiKey, 204, { method: 'DELETE', url: `/auth/api-keys/${made.json().id}`, headers }],
    [schemas.deleteApiKey, 400, { method: 'DELETE', url: '/auth/api-keys/x', headers }],
    [schemas.deleteApiKey, 401, { method: 'DELETE', url: keyUrl, ...byKey }],
    [schemas.deleteApiKey, 404, { method: 'DELETE', url: keyUrl, headers }],
    [schemas.signOut, 204, post('/auth/sign-out', undefined, { headers })],
    [schemas.signOut, 204, post('/auth/sign-out')],
    [schemas.signOut, 400, post('/auth/sign-out', { refreshToken: null })],
    [schemas.signOut, 403, post('/auth/sign-out', undefined, { headers: { ...crossSite.headers, cookie } })],
    [schemas.getMe, 401, { url: '/auth/me', headers }],
  ]
  for (const [operation, status, request] of exchanges) {
    const { statusCode, body } = await app.inject(request)
    t.equal(statusCode, status, `${operation.operationId}: ${body}`)
    t.equal(problem(operation, statusCode, body), null, `${operation.operationId} ${status}`)
  }
})
