import { Ajv } from 'ajv'
import type { InjectOptions } from 'fastify'
import t from 'tap'
import { namedSchemas, type OperationSchema, refreshSession, signOut, singleToken } from '../../schemas/index.js'
import { withoutRefreshTokens } from '../../schemas/sessions/single-token.js'
import { bearer } from '../support/account.js'
import { documentedCodes } from '../support/operations.js'
import { testApplication } from '../support/test-application.js'

const ajv = new Ajv({ strict: false, formats: { email: true, password: true, 'date-time': true, uuid: true } })
for (const schema of withoutRefreshTokens(namedSchemas)) ajv.addSchema(schema)

t.test('operations keep their names, whatever they take', async t => {
  for (const [usual, single] of [
    [refreshSession, singleToken.refreshSession],
    [signOut, singleToken.signOut],
  ] as const) {
    t.equal(single.operationId, usual.operationId)
    t.same(single.tags, usual.tags)
    t.not(single.description, usual.description)
    t.notOk('body' in single)
  }
})

t.test('the schemas of before stay as they are', async t => {
  const before = structuredClone(namedSchemas)
  t.equal(withoutRefreshTokens(namedSchemas).length, namedSchemas.length - 1)
  t.same(structuredClone(namedSchemas), before)
})

t.test('operations answer as they are documented, good and bad', async t => {
  const { app, accessToken, advance } = await testApplication(t, {
    mail: true,
    signedIn: true,
    options: { tokenMode: 'sliding' },
  })
  const headers = bearer(accessToken)
  const cookie = `__Host-access_token=${accessToken}`
  const made = await app.inject({ method: 'POST', url: '/auth/api-keys', headers, payload: { name: 'deploy' } })
  const refresh = { method: 'POST', url: '/auth/refresh' } as const
  const end = { method: 'POST', url: '/auth/sign-out' } as const
  const crossSite = { cookie, 'sec-fetch-site': 'cross-site' }
  const exchanges: readonly (readonly [OperationSchema, number, InjectOptions])[] = [
    [singleToken.refreshSession, 200, { ...refresh, headers }],
    [singleToken.refreshSession, 200, { ...refresh, headers: { cookie } }],
    [singleToken.refreshSession, 400, { ...refresh, headers, payload: { refreshToken: 'x' } }],
    [singleToken.refreshSession, 400, { ...refresh, url: '/auth/refresh?token=x', headers }],
    [singleToken.refreshSession, 401, refresh],
    [singleToken.refreshSession, 401, { ...refresh, headers: bearer('x') }],
    [singleToken.refreshSession, 401, { ...refresh, headers: bearer('sk-x') }],
    [singleToken.refreshSession, 403, { ...refresh, headers: bearer(made.json().key) }],
    [singleToken.refreshSession, 403, { ...refresh, headers: crossSite }],
    [singleToken.signOut, 403, { ...end, headers: crossSite }],
    [singleToken.signOut, 400, { ...end, headers, payload: { refreshToken: 'x' } }],
    [singleToken.signOut, 204, { ...end, headers }],
    [singleToken.signOut, 204, end],
    [singleToken.refreshSession, 401, { ...refresh, headers }],
  ]
  for (const [operation, status, request] of exchanges) {
    advance(0.001)
    const { statusCode, body } = await app.inject(request)
    t.equal(statusCode, status, `${operation.operationId}: ${body}`)
    const answer = body === '' ? null : JSON.parse(body)
    t.ok(ajv.validate(operation.response[status] ?? false, answer), ajv.errorsText())
    if (status >= 400) t.ok(documentedCodes(operation, status).includes(answer.code), answer.code)
  }
})
