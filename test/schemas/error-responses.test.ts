import { Ajv } from 'ajv'
import t from 'tap'
import { bootErrorCodes, errorCodes } from '../../schemas/error-codes.js'
import { errorResponse } from '../../schemas/error-response.js'
import { errorResponses } from '../../schemas/error-responses.js'
import { ErrorResponse } from '../../schemas/index.js'

const codes = (statuses: Parameters<typeof errorResponses>[0]) =>
  Object.fromEntries(
    Object.entries(errorResponses(statuses)).map(([status, schema]) => [status, schema.allOf[1].properties.code.enum]),
  )

t.test('codes are in one style, and no two are the same', async t => {
  const all = [...errorCodes, ...bootErrorCodes]
  t.equal(new Set(all).size, all.length)
  for (const code of all) t.match(code, /^FAST_AUTH(_[A-Z]+)+$/)
})

t.test('an operation without a body has the refusals of every operation, and its own', async t => {
  t.same(codes({ body: false, 404: ['FAST_AUTH_SESSION_NOT_FOUND'] }), {
    400: ['FST_ERR_VALIDATION'],
    404: ['FAST_AUTH_SESSION_NOT_FOUND'],
    429: ['FAST_AUTH_TOO_MANY_REQUESTS'],
    500: ['FAST_AUTH_INTERNAL_ERROR', 'FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED'],
    503: ['FAST_AUTH_STORAGE_UNAVAILABLE'],
  })
})

t.test('an operation with a body has those of bodies too, and its own beside those of the same status', async t => {
  t.same(codes({ body: true, 400: ['FAST_AUTH_PASSWORD_TOO_WEAK'], 503: ['FAST_AUTH_HASHING_BUSY'] }), {
    400: ['FST_ERR_VALIDATION', 'FST_ERR_CTP_INVALID_JSON_BODY', 'FAST_AUTH_PASSWORD_TOO_WEAK'],
    408: ['FAST_AUTH_BODY_TIMEOUT'],
    413: ['FST_ERR_CTP_BODY_TOO_LARGE'],
    415: ['FST_ERR_CTP_INVALID_MEDIA_TYPE'],
    429: ['FAST_AUTH_TOO_MANY_REQUESTS'],
    500: ['FAST_AUTH_INTERNAL_ERROR', 'FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED'],
    503: ['FAST_AUTH_STORAGE_UNAVAILABLE', 'FAST_AUTH_HASHING_BUSY'],
  })
})

t.test('a refusal says in words which codes it may have', async t => {
  t.equal(
    errorResponse('Refused', ['FAST_AUTH_CROSS_SITE_REQUEST', 'FAST_AUTH_SESSION_REQUIRED']).description,
    'Refused: FAST_AUTH_CROSS_SITE_REQUEST, FAST_AUTH_SESSION_REQUIRED',
  )
})

t.test('a refusal has Fastify’s shape and one of its codes', async t => {
  const ajv = new Ajv()
  ajv.addSchema(ErrorResponse)
  const isGood = ajv.compile(errorResponse('Refused', ['FAST_AUTH_CROSS_SITE_REQUEST']))
  const answer = { statusCode: 403, code: 'FAST_AUTH_CROSS_SITE_REQUEST', error: 'Forbidden', message: 'No' }
  t.ok(isGood(answer))
  t.notOk(isGood({ ...answer, code: 'FAST_AUTH_SESSION_REQUIRED' }))
  for (const name of Object.keys(answer)) t.notOk(isGood({ ...answer, [name]: undefined }), `without ${name}`)
  t.ok(isGood({ ...answer, validation: [{ instancePath: '/email', keyword: 'format' }] }))
  t.notOk(isGood({ ...answer, validation: [{ instancePath: '/email' }] }))
})
