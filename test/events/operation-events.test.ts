import t, { type Test } from 'tap'
import type { AuthEvent } from '../../lib/index.js'
import { bearer, signUpForTokens } from '../support/account.js'
import { mailApp } from '../support/mail-app.js'
import { toldAdministration } from './fixtures/told-administration.js'
import { type Scene, toldOperations } from './fixtures/told-operations.js'

async function setScene(t: Test): Promise<Scene> {
  const mail = await mailApp(t, { options: { auditLog: true } })
  const tokens = await signUpForTokens(mail.app)
  const headers = bearer(tokens.accessToken)
  return {
    ...mail,
    tokens,
    ask: (method, path, payload) =>
      mail.app.inject({ method, url: `/auth${path}`, headers, ...(payload === undefined ? {} : { payload }) }),
  }
}

for (const { operation, before, act, events: expected } of [...toldOperations, ...toldAdministration]) {
  t.test(`${operation} emits ${expected.length === 0 ? 'nothing' : expected.join(', ')}, once`, async t => {
    const scene = await setScene(t)
    const prepared = await before?.(scene)
    const { fastAuth } = scene.app
    const kept = (await fastAuth.listEvents()).length
    scene.events.length = 0
    await act(scene, prepared)
    const told = ({ name, reason }: AuthEvent) => (reason === undefined ? name : `${name} ${reason}`)
    t.strictSame(scene.events.map(told), expected)
    const newest = await fastAuth.listEvents()
    t.strictSame(
      newest
        .slice(0, newest.length - kept)
        .reverse()
        .map(told),
      expected,
      'so does the audit log',
    )
  })
}
