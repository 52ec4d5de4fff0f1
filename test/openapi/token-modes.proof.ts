import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import openapiTypescript, { astToString, type OpenAPI3 } from 'openapi-typescript'
import t, { type Test } from 'tap'
import ts from 'typescript'
import { openapiDocument as publishedSettings } from '../../lib/cli/openapi-document.js'
import { memorySender } from '../../lib/mail/index.js'
import { AnyProfile } from '../../schemas/accounts/any-profile.js'
import type { TokenMode } from '../../schemas/index.js'
import { everyRouteWithMail } from '../support/every-route.js'
import { type ApiDocument, codesOf, openapiDocument, operationOf } from '../support/openapi-document.js'
import { lint } from './lint.js'

/** With every route that there is in the mode. */
async function documentOf(t: Test, tokenMode: TokenMode): Promise<ApiDocument> {
  const email = { sender: memorySender(), from: 'accounts@example.com' }
  const options = {
    tokenMode,
    ...everyRouteWithMail,
    profileSchema: AnyProfile,
    publicUrl: 'https://app.example.com',
    email,
  } as const
  const { document } = await openapiDocument(t, { swagger: publishedSettings('/', options), options })
  return document
}

const guardCodes = [
  'FAST_AUTH_UNAUTHENTICATED',
  'FAST_AUTH_ACCESS_TOKEN_INVALID',
  'FAST_AUTH_ACCESS_TOKEN_EXPIRED',
  'FAST_AUTH_SESSION_REVOKED',
  'FAST_AUTH_COOKIES_MISMATCHED',
  'FAST_AUTH_API_KEY_INVALID',
]

for (const tokenMode of ['pair', 'access-only', 'sliding'] as const) {
  t.test(`${tokenMode}: the linter finds nothing in the document`, async t => {
    const { totals, problems } = lint(t, JSON.stringify(await documentOf(t, tokenMode)))
    t.same(problems, [])
    t.same(totals, { errors: 0, warnings: 0, ignored: 0 })
  })
}

for (const tokenMode of ['access-only', 'sliding'] as const) {
  t.test(`${tokenMode}: the document knows no refresh token`, async t => {
    const document = await documentOf(t, tokenMode)
    t.notMatch(JSON.stringify(document), /refreshToken|refresh_token|refreshCookie|refresh (token|cookie)/)
    t.notOk('AuthRefreshToken' in document.components.schemas)
    t.same(Object.keys(document.components.securitySchemes), [
      'accessCookie',
      'accessToken',
      'apiKey',
      'signInCookie',
      'providerFlowCookie',
      'introspectionSecret',
    ])
    const { properties } = document.components.schemas.AuthResponse as { properties: object }
    const common = ['user', 'session', 'accessTokenExpiresAt', 'accessToken', 'tokenType', 'expiresIn']
    t.same(Object.keys(properties), common)
  })

  t.test(`${tokenMode}: a host with OpenAPI options of its own has no scheme that nothing asks for`, async t => {
    const { document } = await openapiDocument(t, { swagger: { openapi: {} }, options: { tokenMode } })
    t.notOk('refreshCookie' in document.components.securitySchemes)
  })

  t.test(`${tokenMode}: signing out takes no body`, async t => {
    const signOut = operationOf(await documentOf(t, tokenMode), 'POST', '/auth/sign-out')
    t.notOk('requestBody' in signOut)
    t.same(signOut.security, [{ accessCookie: [] }, { accessToken: [] }, {}])
    t.same(Object.keys(signOut.responses), ['204', '400', '403', '429', '500', '503'])
  })
}

t.test('access-only: nothing is refreshed', async t => {
  const { paths } = await documentOf(t, 'access-only')
  t.notOk('/auth/refresh' in paths)
  t.ok('/auth/sign-in' in paths)
})

t.test('sliding: a refresh takes what protected routes take, and answers as they do', async t => {
  const refresh = operationOf(await documentOf(t, 'sliding'), 'POST', '/auth/refresh')
  t.equal(refresh.operationId, 'refreshSession')
  t.notOk('requestBody' in refresh)
  t.same(refresh.security, [{ accessCookie: [] }, { accessToken: [] }])
  t.same(codesOf(refresh, 401), [...guardCodes, 'FAST_AUTH_REFRESH_TOKEN_REUSED'])
  t.same(codesOf(refresh, 403), [
    'FAST_AUTH_CROSS_SITE_REQUEST',
    'FAST_AUTH_SESSION_REQUIRED',
    'FAST_AUTH_EMAIL_NOT_CONFIRMED',
  ])
  t.same(Object.keys(refresh.responses), ['200', '400', '401', '403', '429', '500', '503'])
})

/** Returns the errors of TypeScript about a client with the types that are generated from the document. */
async function problems(t: Test, tokenMode: TokenMode, client: string): Promise<string[]> {
  const folder = join(t.testdir(), 'client')
  mkdirSync(folder)
  const document = (await documentOf(t, tokenMode)) as unknown as OpenAPI3
  writeFileSync(join(folder, 'generated.ts'), astToString(await openapiTypescript(document)))
  const file = join(folder, 'client.ts')
  writeFileSync(file, `import type { components, paths } from './generated.js'\n${client}`)
  const module = ts.ModuleKind.NodeNext
  const program = ts.createProgram([resolve(file)], { strict: true, noEmit: true, module, types: [] })
  return ts.getPreEmitDiagnostics(program).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '))
}

const handsRefreshTokenOn = `
type Answer = components['schemas']['AuthResponse']
export const next = ({ accessToken, refreshToken }: Answer) => [accessToken, refreshToken]
export const refresh = (all: paths) => all['/auth/refresh'].post
`

t.test('a client that keeps refresh tokens compiles against the document of pair alone', async t => {
  t.same(await problems(t, 'pair', handsRefreshTokenOn), [])
})

t.test('it learns from that of sliding that there are none', async t => {
  const [problem = '', ...others] = await problems(t, 'sliding', handsRefreshTokenOn)
  t.match(problem, /^Property 'refreshToken' does not exist on type/)
  t.same(others, [])
})

t.test('it learns from that of access-only that nothing is refreshed either', async t => {
  const found = await problems(t, 'access-only', handsRefreshTokenOn)
  t.equal(found.length, 2)
  t.match(found[1], /Property '\/auth\/refresh' does not exist on type 'paths'/)
})
