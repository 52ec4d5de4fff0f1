import t, { type Test } from 'tap'
import type { AuthEvent } from '../../lib/index.js'
import { bearer, signUpForTokens } from '../support/account.js'
import { testApplication } from '../support/test-application.js'
import { administrationRows } from './fixtures/administration-rows.js'
import { operationRows, type SignedInApplication } from './fixtures/operation-rows.js'

async function signedInApplication(t: Test): Promise<SignedInApplication> {
  const mail = await testApplication(t, { mail: true, options: { auditLog: true } })
  const tokens = await signUpForTokens(mail.app)
  const headers = bearer(tokens.accessToken)
  return {
    ...mail,
    tokens,
    ask: (method, path, payload) =>
      mail.app.inject({ method, url: `/auth${path}`, headers, ...(payload === undefined ? {} : { payload }) }),
  }
}

for (const { operation, before, act, events: expected } of [...operationRows, ...administrationRows]) {
  t.test(`${operation} emits ${expected.length === 0 ? 'nothing' : expected.join(', ')}, once`, async t => {
    const tested = await signedInApplication(t)
    const prepared = await before?.(tested)
    const { fastAuth } = tested.app
    const kept = (await fastAuth.listEvents()).length
    tested.events.length = 0
    await act(tested, prepared)
    const summaryOf = ({ name, reason }: AuthEvent) => (reason === undefined ? name : `${name} ${reason}`)
    t.strictSame(tested.events.map(summaryOf), expected)
    const newest = await fastAuth.listEvents()
    t.strictSame(
      newest
        .slice(0, newest.length - kept)
        .reverse()
        .map(summaryOf),
      expected,
      'so does the audit log',
    )
  })
}
