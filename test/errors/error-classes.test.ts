import Fastify from 'fastify'
import t from 'tap'
import * as baseErrors from '../../lib/errors/index.js'
import * as apiKeyErrors from '../../lib/features/api-keys/errors.js'
import * as emailCodeErrors from '../../lib/features/email-codes/errors.js'
import * as organizationErrors from '../../lib/features/organizations/errors.js'
import * as passkeyErrors from '../../lib/features/passkeys/errors.js'
import * as providerErrors from '../../lib/features/providers/errors.js'
import * as secondFactorErrors from '../../lib/features/second-factor/errors.js'
import { bootErrorCodes, errorCodes } from '../../schemas/error-codes.js'

const { ValidationError, HashingBusyError, TooManyRequestsError, ...others } = {
  ...baseErrors,
  ...apiKeyErrors,
  ...secondFactorErrors,
  ...organizationErrors,
  ...passkeyErrors,
  ...emailCodeErrors,
  ...providerErrors,
}

type AnyError = baseErrors.FastAuthError & { readonly headers: Readonly<Record<string, string>> }
type AnyConstructor = new (...args: unknown[]) => AnyError

/** The arguments of each constructor that has any. */
const argumentsOf: Readonly<Record<string, readonly unknown[]>> = {
  HashingBusyError: [7],
  TooManyRequestsError: [7],
  PasswordTooWeakError: ['The password is too weak', 'minimumLength'],
  UserExistsError: ['username'],
  SignUpRefusedError: ['You need an invitation'],
  SignInRefusedError: ['Your organisation is closed'],
  OptionInvalidError: ['An option is wrong'],
  SecretUnsafeError: ['A secret is wrong'],
  CookiesInsecureError: ['The cookies are wrong'],
  StorageIncompleteError: ['The storage is wrong'],
  PasswordHasherUnavailableError: ['The hasher is missing'],
  PasskeysUnavailableError: ['The package is missing'],
  ProvidersUnavailableError: ['The package is missing'],
}

/** Every class with a code of ours, by its name. */
const classes = Object.entries({ ...others, HashingBusyError, TooManyRequestsError }) as unknown as readonly [
  string,
  AnyConstructor,
][]

function instanceOf(name: string, ErrorClass: AnyConstructor): AnyError {
  return new ErrorClass(...(argumentsOf[name] ?? []))
}

/** FAST_AUTH_USER_EXISTS is UserExistsError; a code that ends in ERROR gets no second one. */
function classNameOf(code: string): string {
  const words = code
    .replace('FAST_AUTH_', '')
    .replace(/_ERROR$/, '')
    .split('_')
  return `${words.map(word => word.charAt(0) + word.slice(1).toLowerCase()).join('')}Error`
}

t.test('an error’s code says the name of its class', async t => {
  for (const [name, ErrorClass] of classes) t.equal(classNameOf(instanceOf(name, ErrorClass).code), name)
})

t.test('every code that is documented has one class, and every class a code that is documented', async t => {
  const codes = classes.map(([name, ErrorClass]) => instanceOf(name, ErrorClass).code)
  t.same(codes.toSorted(), [...errorCodes, ...bootErrorCodes].toSorted())
})

t.test('a message is a sentence without placeholders', async t => {
  for (const [name, ErrorClass] of classes) {
    const { message } = instanceOf(name, ErrorClass)
    t.match(message, /^[A-Z][^%]{9,}$/, name)
  }
})

t.test('an error is of its own class and of no other', async t => {
  for (const [name, ErrorClass] of classes) {
    const error = instanceOf(name, ErrorClass)
    t.ok(error instanceof Error, name)
    t.same(
      classes.filter(([, Other]) => error instanceof Other).map(([other]) => other),
      [name],
    )
  }
})

t.test('statuses: 401 names the scheme, 429 and 503 say when to come back, and no other has such headers', async t => {
  for (const [name, ErrorClass] of classes) {
    const { statusCode, headers } = instanceOf(name, ErrorClass)
    t.ok([400, 401, 403, 404, 408, 409, 429, 500, 503].includes(statusCode), name)
    if (statusCode === 401) t.match(headers['www-authenticate'], /^Bearer( error="invalid_token")?$/, name)
    else if (name !== 'InsufficientScopeError') t.equal(headers['www-authenticate'], undefined, name)
    if ([429, 503].includes(statusCode)) t.match(headers['retry-after'], /^[1-9]\d*$/, name)
    else t.equal(headers['retry-after'], undefined, name)
  }
})

t.test('a 401 says that the token is invalid only if there was one', async t => {
  for (const ErrorClass of [baseErrors.UnauthenticatedError, baseErrors.InvalidCredentialsError]) {
    t.equal(new ErrorClass().headers['www-authenticate'], 'Bearer')
  }
  t.equal(new baseErrors.AccessTokenExpiredError().headers['www-authenticate'], 'Bearer error="invalid_token"')
})

t.test('a missing scope is reported as in RFC 6750', async t => {
  t.equal(new baseErrors.InsufficientScopeError().headers['www-authenticate'], 'Bearer error="insufficient_scope"')
})

t.test('the error of the storage is kept as the cause, whatever its type', async t => {
  for (const cause of [new Error('connection lost'), 'text', null]) {
    t.equal(new baseErrors.StorageUnavailableError({ cause }).cause, cause)
  }
  t.equal(
    new baseErrors.StorageUnavailableError({ cause: 'x' }).message,
    new baseErrors.StorageUnavailableError().message,
  )
})

t.test('a message is repeated exactly', async t => {
  t.equal(new baseErrors.OptionInvalidError('100 %s, %d of it, %%').message, '100 %s, %d of it, %%')
})

t.test('an error handler may give one error other headers, and gives them to that one alone', async t => {
  const error = new baseErrors.UnauthenticatedError() as { headers: Record<string, string> }
  t.throws(() => Object.assign(error.headers, { 'x-host': '1' }), TypeError)
  error.headers = { ...error.headers, 'x-host': '1' }
  t.same(error.headers, { 'www-authenticate': 'Bearer', 'x-host': '1' })
  t.same(new baseErrors.UnauthenticatedError().headers, { 'www-authenticate': 'Bearer' })
})

t.test('any Fastify route can throw each of them: status, code, message and headers arrive', async t => {
  for (const [name, ErrorClass] of classes) {
    const app = Fastify()
    const { statusCode, code, message, headers } = instanceOf(name, ErrorClass)
    app.get('/', () => {
      throw instanceOf(name, ErrorClass)
    })
    const answer = await app.inject('/')
    t.equal(answer.statusCode, statusCode, name)
    t.hasStrict(answer.json(), { statusCode, code, message }, name)
    t.hasStrict(answer.headers, headers, name)
  }
})

t.test('rules that a schema cannot express are reported as Fastify reports those of a schema', async t => {
  const app = Fastify()
  const schema = { body: { type: 'object', properties: { email: { type: 'string', pattern: '^a$' } } } }
  app.post('/schema', { schema }, async () => 'never')
  app.post('/ours', () => {
    throw new ValidationError('email', 'pattern', 'must match pattern "^a$"')
  })
  const request = { method: 'POST', payload: { email: 'b' } } as const
  const [theirs, ours] = [
    await app.inject({ ...request, url: '/schema' }),
    await app.inject({ ...request, url: '/ours' }),
  ]
  t.equal(ours.statusCode, 400)
  t.same(ours.json(), theirs.json())
})

t.test('a validation error has the details that error handlers look for', async t => {
  const error = new ValidationError('email', 'format', 'must be an address')
  t.equal(error.validationContext, 'body')
  t.hasStrict(error.validation, [{ instancePath: '/email', keyword: 'format', message: 'must be an address' }])
})
