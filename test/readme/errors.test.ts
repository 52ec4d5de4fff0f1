import { Type } from '@sinclair/typebox'
import t from 'tap'
import * as errors from '../../lib/errors/index.js'
import { memorySender } from '../../lib/mail/index.js'
import { bootErrorCodes, errorCodes } from '../../schemas/error-codes.js'
import { codesOf, type Operation, openapiDocument } from '../support/openapi-document.js'
import { table } from './readme.js'

const file = 'docs/errors.md'
const rows = table('errors', file)

const { document } = await openapiDocument(t, {
  options: {
    profileSchema: Type.Object({}),
    publicUrl: 'https://app.example.com',
    email: { sender: memorySender(), from: 'a@example.com' },
  },
})
const operations = Object.values(document.paths).flatMap(methods => Object.values(methods))
const isPage = ({ operationId = '' }: Operation) => operationId.endsWith('Page')
const names = (chosen: readonly Operation[]) => chosen.map(({ operationId = '' }) => operationId)

/** Which operations the words of the table mean. */
const groups: Readonly<Record<string, readonly string[]>> = {
  'every one': names(operations),
  'every one but the pages': names(operations.filter(operation => !isPage(operation))),
  'with a body': names(operations.filter(({ requestBody }) => requestBody !== undefined)),
  guarded: names(operations.filter(operation => codesOf(operation, 401)?.includes('FAST_AUTH_ACCESS_TOKEN_INVALID'))),
  'your own': [],
}

/** The operations that can answer with the code, and the statuses that it has there. */
function answersOf(code: string) {
  const statusesOf = (operation: Operation) =>
    Object.keys(operation.responses).filter(status => codesOf(operation, Number(status))?.includes(code))
  const answering = operations.filter(operation => statusesOf(operation).length > 0)
  return { operations: names(answering), statuses: [...new Set(answering.flatMap(statusesOf))] }
}

t.test('every code is documented once, and none that there is not', async t => {
  const documented = rows.map(([code = '']) => code)
  t.same(documented.filter(code => code.startsWith('FAST_AUTH')).sort(), [...errorCodes].sort())
  t.same(
    table('boot errors', file).map(([code]) => code),
    bootErrorCodes,
  )
})

t.test('every code has the operations and the status of the OpenAPI document', async t => {
  for (const [code = '', status = '', listed = ''] of rows) {
    const answers = answersOf(code)
    const expected = listed.split(', ').flatMap(word => groups[word] ?? [word])
    t.same([...new Set(expected)].sort(), [...answers.operations].sort(), code)
    if (answers.statuses.length > 0) t.same(answers.statuses, [status], code)
  }
})

t.test('codes that only guards of your own routes send have the status of their error', async t => {
  const statusOf = new Map(
    [errors.InsufficientScopeError, errors.RecentSignInRequiredError].map(ErrorClass => {
      const { code, statusCode } = new ErrorClass()
      return [code, String(statusCode)]
    }),
  )
  const own = rows.filter(([, , listed]) => listed === 'your own')
  t.same(new Map(own.map(([code = '', status = '']) => [code, status])), statusOf)
})

t.test('every code of the OpenAPI document is documented', async t => {
  const documented = new Set(rows.map(([code]) => code))
  for (const operation of operations) {
    for (const status of Object.keys(operation.responses)) {
      for (const code of codesOf(operation, Number(status)) ?? [])
        if (code.startsWith('F')) t.ok(documented.has(code), `${code} of ${operation.operationId}`)
    }
  }
})
