import { Readable } from 'node:stream'
import type { InjectOptions } from 'fastify'
import t from 'tap'
import { operations as paths } from '../../lib/client/generated/operations.js'
import { AnyProfile } from '../../schemas/accounts/any-profile.js'
import { ada } from '../support/account.js'
import { everyRouteWithMail } from '../support/every-route.js'
import { operationsWithSecondFactor as operations } from '../support/operations.js'
import { testApplication } from '../support/test-application.js'
import { problems } from './fixtures/answer-headers.js'
import { type HeaderWorld, headerWorld } from './fixtures/header-world.js'

const id = '3f0c4a52-8a53-4b21-9d8c-5f3a5d1f0c11'
const { password } = ada
const newPassword = 'a horse of another colour'

/** A request that an operation without a body takes. */
function requestOf(operation: keyof typeof paths, { own, ids }: HeaderWorld): InjectOptions {
  const [method, path] = paths[operation]
  const id = path.startsWith('/api-keys/') ? ids.kept : ids.session
  return { method: method as 'GET', url: `/auth${path.replace('{id}', id)}`, headers: own }
}

/**
 * Requests that need a body or a record of their own, in an order in which none takes away what a later one needs. The others are
 * made from the operations.
 */
function writtenRequestsOf({
  own,
  strong,
  started,
  codes,
  signInToken,
  ids,
  links,
  refreshToken,
  passkeyRequests,
  providerRequests,
  organizationRequests,
  code,
}: HeaderWorld): Readonly<Record<string, InjectOptions>> {
  const post = (path: string, payload?: object): InjectOptions => ({
    method: 'POST',
    url: `/auth${path}`,
    headers: own,
    ...(payload && { payload }),
  })
  const ask = (method: 'DELETE' | 'PATCH', path: string, payload?: object): InjectOptions => ({
    ...post(path, payload),
    method,
  })
  return {
    ...passkeyRequests,
    ...providerRequests,
    ...organizationRequests,
    openChangePassword: { method: 'GET', url: '/.well-known/change-password' },
    signUp: post('/sign-up', { email: 'ben@example.com', password }),
    signIn: post('/sign-in', { email: ada.email, password }),
    requestSignInCode: post('/sign-in/email', { email: 'unknown@example.com', transport: 'token' }),
    signInWithCode: post('/sign-in/email/confirm', code),
    completeSignIn: post('/sign-in/second-factor', { signInToken, recoveryCode: codes[0] }),
    confirmTotp: { ...post('/second-factor/totp/confirm', { code: codes[2] }), headers: started },
    reauthenticate: { ...post('/reauthenticate', { recoveryCode: codes[1] }), headers: strong },
    renewRecoveryCodes: { ...post('/second-factor/recovery-codes'), headers: strong },
    removeTotp: { ...ask('DELETE', '/second-factor/totp'), headers: strong },
    updateMe: ask('PATCH', '/me', { profile: {} }),
    createApiKey: post('/api-keys', { name: 'deploy' }),
    rollApiKey: post(`/api-keys/${ids.rolled}/roll`, { overlapSeconds: 1 }),
    deleteApiKey: ask('DELETE', `/api-keys/${ids.deleted}`),
    introspectToken: post('/tokens/introspect', { token: refreshToken }),
    sendEmailConfirmation: post('/email/confirm/send', { email: 'unknown@example.com' }),
    requestPasswordReset: post('/password/forgot', { email: 'unknown@example.com' }),
    confirmEmail: post('/email/confirm', { token: links.confirm, password: ada.password }),
    requestEmailChange: post('/email/change', { email: 'other@example.com', password }),
    revokeSession: ask('DELETE', `/sessions/${ids.session}`),
    refreshSession: post('/refresh', { refreshToken }),
    changePassword: post('/password/change', { currentPassword: password, newPassword }),
    confirmEmailChange: post('/email/change/confirm', { token: links.change, password: ada.password }),
    revokeOtherSessions: ask('DELETE', '/sessions'),
    resetPassword: post('/password/reset', { token: links.reset, password }),
    signOut: post('/sign-out', {}),
    deleteMe: ask('DELETE', '/me', { password }),
  }
}

/** A request for every operation: those that read come first. */
function requestsOf(world: HeaderWorld): Readonly<Record<string, InjectOptions>> {
  const written = writtenRequestsOf(world)
  const others = (Object.keys(paths) as (keyof typeof paths)[]).filter(operation => !(operation in written))
  return { ...Object.fromEntries(others.map(operation => [operation, requestOf(operation, world)])), ...written }
}

const world = await headerWorld(t)
const { app } = world
/** Refuses the second request of a client within a minute. */
const { app: limited } = await testApplication(t, {
  mail: true,
  options: {
    profileSchema: AnyProfile,
    ...everyRouteWithMail,
    limits: { requestsPerMinute: 1, costlyRequestsPerMinute: 1 },
  },
})
const requests = requestsOf(world)
const json = { 'content-type': 'application/json' }
type Change = (request: InjectOptions) => InjectOptions

/** How any operation is brought to a status. What only some can answer is below. */
const provocations: Readonly<Record<number, Change>> = {
  400: request => ({ ...request, url: `${request.url}?x=1` }),
  401: ({ headers: _, ...request }) => request,
  403: request =>
    request.method === 'GET'
      ? { ...request, headers: world.key }
      : { ...request, headers: { cookie: world.accessCookie, 'sec-fetch-site': 'cross-site' } },
  404: request => ({ ...request, url: String(request.url).replace(/[0-9a-f-]{36}/, id) }),
  408: request => ({
    ...request,
    headers: { ...world.own, ...json, 'transfer-encoding': 'chunked' },
    payload: new Readable({ read() {} }),
  }),
  413: request => ({ ...request, headers: { ...world.own, ...json }, payload: `"${'x'.repeat(20_000)}"` }),
  414: request => ({ ...request, url: String(request.url).replace(/[0-9a-f-]{36}|acme/, 'x'.repeat(200)) }),
  429: request => request,
  415: request => ({ ...request, headers: { ...world.own, 'content-type': 'text/plain' }, payload: 'x' }),
  500: request => ({ ...request, headers: { ...world.own, ...request.headers, 'x-accident': 'bug' } }),
  503: request => ({ ...request, headers: { ...world.own, ...request.headers, 'x-accident': 'storage' } }),
}

const withBody =
  (payload: object): Change =>
  request => ({ ...request, payload })

const special: Readonly<Record<string, Change>> = {
  'signIn 401': withBody({ email: ada.email, password: newPassword }),
  'confirmEmail 401': withBody({ token: world.links.confirm, password: newPassword }),
  'confirmEmailChange 401': withBody({ token: world.links.change, password: newPassword }),
  'refreshSession 401': withBody({ refreshToken: 'x' }),
  'refreshSession 403': ({ payload: _, ...request }) => {
    const headers = { cookie: world.accessCookie, 'sec-fetch-site': 'cross-site' }
    return { ...request, headers }
  },
  'signUp 409': withBody({ email: ada.email, password }),
  'completeSignIn 401': withBody({ code: '123456' }),
  'signInWithCode 401': withBody({ code: '7777-7777' }),
  'confirmTotp 404': request => ({ ...request, headers: world.own }),
  'startTotp 409': request => ({ ...request, headers: world.strong }),
  ...Object.fromEntries(
    Object.entries({
      ...world.refusedPasskeyRequests,
      ...world.refusedProviderRequests,
      ...world.refusedOrganizationRequests,
    }).map(([cell, request]) => [cell, () => request]),
  ),
}

/** These need another state, and are tested with the routes. */
const ofKeys = ['updateMe 409', 'createApiKey 409', 'rollApiKey 409']
const ofFactors = ['signIn 202', 'removeTotp 404', 'renewRecoveryCodes 404', 'deletePasskey 409']
const ofCodes = ['signInWithCode 200', 'signInWithCode 202', 'signUp 202']
const ofProviders = ['redeemProviderCode 202', 'signInWithIdToken 200', 'signInWithIdToken 202', 'unlinkIdentity 409']
const ofOrganizations = [
  'acceptInvitation',
  'createOrganization',
  'deleteOrganization',
  'inviteMember',
  'revokeInvitation',
]
const elsewhere = [
  ...[...ofKeys, ...ofFactors, ...ofCodes, ...ofProviders],
  ...ofOrganizations.map(operation => `${operation} 409`),
]

t.test('there is a request for every operation', async t => {
  t.strictSame(Object.keys(requests).toSorted(), operations.map(([name]) => name).toSorted())
})

const documented = operations.flatMap(([name, { response }]) =>
  Object.keys(response).map(status => [name, Number(status)] as const),
)
let cells = 0

for (const [name, status] of documented.filter(([, status]) => status >= 400)) {
  const cell = `${name} ${status}`
  if (elsewhere.includes(cell)) continue
  t.test(`${cell} has the headers that it should have, and no other`, async t => {
    const provoke = special[cell] ?? provocations[status]
    const request = requests[name]
    if (provoke === undefined || request === undefined) throw new Error('There is no request that provokes it')
    if (status === 429) await limited.inject(request)
    const answer = await (status === 429 ? limited : app).inject(provoke(request))
    cells += 1
    t.equal(answer.statusCode, status, answer.body)
    // Fastify answers it before it knows which route is meant, and so without any header of ours.
    if (status !== 414) t.strictSame(problems(answer, cell), [])
  })
}

/** Earlier requests end the sessions that these need, so each has an application of its own. */
const last = ['confirmEmailChange', 'resetPassword', 'signOut', 'deleteMe']

for (const [name, request] of Object.entries(requests)) {
  t.test(`a success of ${name} has the headers that it should have, and no other`, async t => {
    const operation = operations.find(([other]) => other === name)?.[1]
    const tested = last.includes(name) ? await headerWorld(t) : world
    const answer = await tested.app.inject(tested === world ? request : (requestsOf(tested)[name] ?? request))
    cells += 1
    t.ok(
      answer.statusCode < 400 && answer.statusCode in (operation?.response ?? {}),
      `${answer.statusCode} ${answer.body}`,
    )
    t.strictSame(problems(answer, `${name} ${answer.statusCode}`), [])
  })
}

t.test('every answer that is documented was looked at', async t => {
  t.equal(cells, documented.length - elsewhere.length)
})
