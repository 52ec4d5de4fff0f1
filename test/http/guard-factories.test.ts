import type { onRequestHookHandler } from 'fastify'
import t from 'tap'
import { bearer, signUpForTokens } from '../support/account.js'
import { everyRouteWithMail } from '../support/every-route.js'
import { testApplication } from '../support/test-application.js'

const factories = [
  'requireScopes',
  'requireRecentSignIn',
  'requireSecondFactor',
  'requireOrganization',
  'requireRole',
] as const

const refused = (name: string) => ({
  code: 'FAST_AUTH_OPTION_INVALID',
  message: `${name} of fast-auth returns a guard and is none itself: call it, ${name}(…)`,
})

t.test('a route whose hook creates a guard stops the start', async t => {
  await testApplication(t, {
    mail: true,
    options: everyRouteWithMail,
    after(app) {
      for (const name of factories) {
        const hook = app.fastAuth[name] as unknown as onRequestHookHandler
        t.throws(() => app.get('/direct', { onRequest: hook }, async () => 'reached'), refused(name))
        t.throws(() => app.get('/direct', { preHandler: [hook] }, async () => 'reached'), refused(name))
      }
    },
  })
})

for (const name of factories) {
  t.test(`a scope with the hook ${name} answers no request`, async t => {
    const { app } = await testApplication(t, {
      mail: true,
      options: everyRouteWithMail,
      async after(app) {
        await app.register(async scope => {
          scope.addHook('onRequest', app.fastAuth[name] as unknown as onRequestHookHandler)
          scope.get('/scoped', async () => 'reached')
        })
      },
    })
    const { accessToken } = await signUpForTokens(app)
    const answer = await app.inject({ url: '/scoped', headers: bearer(accessToken) })
    t.equal(answer.statusCode, 500)
    t.equal(answer.json().message, refused(name).message)
  })
}
