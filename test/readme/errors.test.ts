import { readFileSync } from 'node:fs'
import { Type } from '@sinclair/typebox'
import t from 'tap'
import * as errors from '../../lib/errors/index.js'
import {
  IdentityInUseError,
  IdentityLimitReachedError,
  ProviderDeniedError,
  ProviderFlowInvalidError,
} from '../../lib/features/providers/errors.js'
import { oidc } from '../../lib/features/providers/providers.js'
import { memorySender } from '../../lib/mail/index.js'
import { bootErrorCodes, errorCodes } from '../../schemas/error-codes.js'
import { codesOf, openapiDocument } from '../support/openapi-document.js'
import { table } from './readme.js'

const file = 'docs/errors.md'
const rows = table('errors', file)

const { document } = await openapiDocument(t, {
  options: {
    profileSchema: Type.Object({ company: Type.String() }),
    providers: [oidc({ name: 'acme', displayName: 'Acme', issuer: 'https://acme.example', clientId: 'an-app' })],
    secondFactor: 'required',
    emailSignIn: {},
    organizations: {},
    publicUrl: 'https://app.example.com',
    email: { sender: memorySender(), from: 'a@example.com' },
  },
})
const operations = Object.values(document.paths).flatMap(methods => Object.values(methods))
/** The statuses that a code has in the OpenAPI document. */
function statusesOf(code: string): readonly string[] {
  const found = operations.flatMap(operation =>
    Object.keys(operation.responses).filter(status => codesOf(operation, Number(status))?.includes(code)),
  )
  return [...new Set(found)]
}

const statusOf = new Map(rows.map(([code = '', status = '']) => [code, status]))

t.test('every code is documented once, and none that there is not', async t => {
  const documented = rows.map(([code = '']) => code)
  t.same(documented.filter(code => code.startsWith('FAST_AUTH')).sort(), [...errorCodes].sort())
  t.same(
    table('boot errors', file).map(([code]) => code),
    bootErrorCodes,
  )
})

t.test('every code has the status of the OpenAPI document', async t => {
  for (const [code, status] of statusOf) {
    const statuses = statusesOf(code)
    if (statuses.length > 0) t.same(statuses, [status], code)
  }
})

/** Errors that a page finds in the fragment only. */
const ofFragments = [ProviderDeniedError, ProviderFlowInvalidError, IdentityInUseError, IdentityLimitReachedError]

t.test('a code that is in no answer of a route has the status of its error, and is named as such', async t => {
  const ofGuards = [new errors.InsufficientScopeError(), new errors.OrganizationRequiredError()]
  const elsewhere = [...ofGuards, ...ofFragments.map(FragmentError => new FragmentError())]
  t.same(
    [...statusOf.keys()].filter(documented => statusesOf(documented).length === 0).sort(),
    elsewhere.map(({ code }) => code).sort(),
  )
  for (const { code, statusCode } of elsewhere) t.equal(statusOf.get(code), String(statusCode), code)
  const text = readFileSync(file, 'utf8')
  for (const { code } of ofGuards) t.match(text, `\`${code}\` comes only from them`)
  const [sentence = ''] = /^`.* are in no body\./m.exec(text) ?? []
  t.same(
    sentence.match(/FAST_AUTH_\w+/g),
    ofFragments.map(FragmentError => new FragmentError().code),
  )
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
