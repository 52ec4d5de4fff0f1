import { Type } from '@sinclair/typebox'
import type { RouteOptions } from 'fastify'
import t from 'tap'
import { features } from '../../lib/composition/features.js'
import { guardDocument } from '../../lib/http/guard.js'
import { AnyProfile } from '../../schemas/accounts/any-profile.js'
import { errorCodes } from '../../schemas/error-codes.js'
import { unauthenticatedCodes } from '../../schemas/error-responses.js'
import { namedSchemas } from '../../schemas/index.js'
import { everyRoute, everyRouteWithMail } from '../support/every-route.js'
import { documentedCodes, operations } from '../support/operations.js'
import { testApplication } from '../support/test-application.js'

const frameworkCodes = [
  'FST_ERR_VALIDATION',
  'FST_ERR_CTP_INVALID_JSON_BODY',
  'FST_ERR_CTP_BODY_TOO_LARGE',
  'FST_ERR_CTP_INVALID_MEDIA_TYPE',
  'FST_ERR_MAX_PARAM_LENGTH',
]
const knownCodes: readonly string[] = [...errorCodes, ...frameworkCodes]
const ids = namedSchemas.map(({ $id }) => $id)

/** What ends the name of an operation as it is if users may have a second factor, or can prove again who they are. */
const variant = /With(SecondFactor|RecentProof)$/

t.test('an operation has one name: its export, its operationId', async t => {
  for (const [name, { operationId }] of operations) t.equal(operationId, name.replace(variant, ''))
  const ids = new Set(operations.map(([, { operationId }]) => operationId))
  t.equal(ids.size, features.flatMap(({ routes }) => routes).length)
})

t.test('an operation says what it is for, to whom, and who may use it', async t => {
  for (const [name, { summary, tags, security }] of operations) {
    t.match(summary, /^[A-Z].{5,}/, name)
    t.equal(tags.length, 1, name)
    t.ok(Array.isArray(security), name)
  }
})

t.test(
  'an operation has one success, or several that say what comes next, and a description for every answer',
  async t => {
    for (const [name, { response }] of operations) {
      // Signing up may be followed by a confirmation, signing in by a second factor; a code or an ID token may sign up.
      const successes: Readonly<Record<string, number>> = {
        signUp: 2,
        signInWithSecondFactor: 2,
        signInWithCode: 3,
        redeemProviderCode: 2,
        signInWithIdToken: 3,
      }
      t.equal(Object.keys(response).filter(status => Number(status) < 400).length, successes[name] ?? 1, name)
      for (const [status, { description }] of Object.entries(response))
        t.match(description, /^[A-Z]/, `${name} ${status}`)
    }
  },
)

t.test('an operation documents known codes only, each once', async t => {
  for (const [name, operation] of operations) {
    for (const status of Object.keys(operation.response)
      .map(Number)
      .filter(status => status >= 400)) {
      const codes = documentedCodes(operation, status)
      t.ok(codes.length > 0, `${name} ${status}`)
      t.same(
        codes.filter(code => !knownCodes.includes(code)),
        [],
        `${name} ${status}`,
      )
      t.equal(new Set(codes).size, codes.length, `${name} ${status}`)
    }
  }
})

t.test('every code is documented by an operation, but for those of guards and of redirects', async t => {
  const documented = operations.flatMap(([, operation]) =>
    Object.keys(operation.response).flatMap(status => documentedCodes(operation, Number(status))),
  )
  t.same(
    knownCodes.filter(code => !documented.includes(code)),
    [
      'FAST_AUTH_INSUFFICIENT_SCOPE',
      'FAST_AUTH_SECOND_FACTOR_SETUP_REQUIRED',
      'FAST_AUTH_PROVIDER_FLOW_INVALID',
      'FAST_AUTH_PROVIDER_DENIED',
      'FAST_AUTH_IDENTITY_IN_USE',
      'FAST_AUTH_IDENTITY_LIMIT_REACHED',
      'FAST_AUTH_ORGANIZATION_REQUIRED',
    ],
  )
})

t.test('every operation can find its request wrong, its server at fault and its storage down', async t => {
  for (const [name, operation] of operations) {
    t.ok(documentedCodes(operation, 400).includes('FST_ERR_VALIDATION'), name)
    const faults = ['FAST_AUTH_INTERNAL_ERROR', 'FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED']
    t.same(documentedCodes(operation, 500), faults, name)
    t.ok(documentedCodes(operation, 503).includes('FAST_AUTH_STORAGE_UNAVAILABLE'), name)
  }
})

t.test(
  'an operation that reads a body can find it late, malformed, too large or of another type, and no other can',
  async t => {
    for (const [name, operation] of operations) {
      const hasBody = operation.body !== undefined
      t.equal(documentedCodes(operation, 400).includes('FST_ERR_CTP_INVALID_JSON_BODY'), hasBody, name)
      t.same(documentedCodes(operation, 408), hasBody ? ['FAST_AUTH_BODY_TIMEOUT'] : [], name)
      t.same(documentedCodes(operation, 413), hasBody ? ['FST_ERR_CTP_BODY_TOO_LARGE'] : [], name)
      t.same(documentedCodes(operation, 415), hasBody ? ['FST_ERR_CTP_INVALID_MEDIA_TYPE'] : [], name)
    }
  },
)

t.test('an operation with a parameter in its path can find it too long for any, and no other can', async t => {
  for (const [name, operation] of operations) {
    t.same(documentedCodes(operation, 414), operation.params === undefined ? [] : ['FST_ERR_MAX_PARAM_LENGTH'], name)
  }
})

/** Callbacks: providers add parameters of their own. */
const takesWhatProvidersAdd = ['finishProviderSignIn', 'receiveProviderForm']

t.test('an operation takes no parameters but those it names, and its body is a named schema', async t => {
  for (const [name, { querystring, params, body }] of operations) {
    for (const part of [querystring, params]) t.not(part?.additionalProperties, true, name)
    if (takesWhatProvidersAdd.includes(name)) continue
    t.equal(querystring.additionalProperties, false, name)
    if (params !== undefined) t.equal(params.additionalProperties, false, name)
    if (body !== undefined) t.ok(ids.includes(body.$ref.replace('#', '')), name)
  }
})

/** These operations take their subject from the body, or have none, so no cookie affects them. */
const takeNoCookies = [
  'sendEmailConfirmation',
  'confirmEmail',
  'requestPasswordReset',
  'resetPassword',
  'confirmEmailChange',
  'startPasskeySignIn',
  'receiveProviderForm',
  'previewInvitation',
  'declineInvitation',
]

t.test('an operation documents the refusals of the guards on its route', async t => {
  const seen: Pick<RouteOptions, 'schema' | 'method' | 'onRequest'>[] = []
  const withAnyProfile = { ...everyRouteWithMail, profileSchema: AnyProfile }
  for (const options of [{}, everyRoute, everyRouteWithMail, withAnyProfile])
    await testApplication(t, {
      mail: true,
      options: { profileSchema: Type.Object({}), ...options },
      before: app => void app.addHook('onRoute', route => void seen.push({ ...route })),
    })
  for (const [name, operation] of operations) {
    // The routes of providers have the names of the application's providers in their schemas.
    const isOperation = (schema: unknown) =>
      name.includes('Provider') || name.includes('IdToken') || name === 'linkIdentity'
        ? Object(schema).operationId === name
        : schema === operation
    const route = seen.find(({ schema, method }) => isOperation(schema) && method !== 'HEAD')
    const guard = guardDocument(route?.onRequest)
    const unauthenticated = documentedCodes(operation, 401)
    const forbidden = documentedCodes(operation, 403)
    const isProtected = unauthenticatedCodes.every(code => unauthenticated.includes(code))
    t.equal(isProtected, guard !== undefined, name)
    t.equal(forbidden.includes('FAST_AUTH_SESSION_REQUIRED'), guard?.session ?? false, name)
    const looksAtCookies = route?.method !== 'GET' && !takeNoCookies.includes(name)
    t.equal(forbidden.includes('FAST_AUTH_CROSS_SITE_REQUEST'), looksAtCookies, name)
  }
})
