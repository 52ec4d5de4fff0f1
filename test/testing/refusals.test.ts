import Fastify from 'fastify'
import t from 'tap'
import { memorySender } from '../../lib/mail/index.js'
import { confirmUser, signInUser, signUpUser } from '../../lib/testing/index.js'
import { message } from '../mail/message.js'
import { ada } from '../support/account.js'
import { testApplication } from '../support/test-application.js'

t.test('a refused sign-up rejects with status, code and message', async t => {
  const { app } = await testApplication(t)
  await signUpUser(app, ada)
  await t.rejects(signUpUser(app, ada), { message: /^Sign-up answered 409: FAST_AUTH_USER_EXISTS: \w/ })
})

t.test('a refused sign-in rejects with status and code, without the password', async t => {
  const { app } = await testApplication(t)
  const wrong = { ...ada, password: 'a wrong password' }
  const refusal = await signInUser(app, wrong).catch(error => error)
  t.match(refusal.message, /^Sign-in answered 401: FAST_AUTH_INVALID_CREDENTIALS: /)
  t.notMatch(refusal.stack, wrong.password)
})

t.test('a refused empty password rejects with all that was answered', async t => {
  const { app } = await testApplication(t)
  const refusal = signUpUser(app, { ...ada, password: '' })
  await t.rejects(refusal, { message: /^Sign-up answered 400: FST_ERR_VALIDATION: body\/password / })
})

t.test('an application whose error handler echoes the password does not get it into the error', async t => {
  const { app } = await testApplication(t, {
    before(app) {
      app.setErrorHandler((_, request, reply) => {
        reply.code(418).send({ code: 'TEAPOT', message: JSON.stringify(request.body) })
      })
    },
  })
  await t.rejects(signInUser(app, ada), { message: /^Sign-in answered 418: TEAPOT$/ })
})

for (const body of ['<h1>Busy</h1>', 'null', '{"code":7}']) {
  t.test(`an answer that is no error of Fastify's leaves its status: ${body}`, async t => {
    const app = Fastify()
    t.teardown(() => app.close())
    app.post('/auth/sign-up', (_, reply) => {
      reply.code(503).send(body)
    })
    await t.rejects(signUpUser(app), { message: /^Sign-up answered 503$/ })
  })
}

t.test('a token that is refused rejects, without the token', async t => {
  const mailbox = memorySender()
  const token = 'x'.repeat(43)
  const { app } = await testApplication(t, {
    options: { publicUrl: 'https://app.example.com', email: { sender: memorySender(), from: 'a@example.com' } },
  })
  const link = `https://app.example.com/auth/email/confirm#token=${token}`
  await mailbox.send({ ...message, to: ada.email, text: link }, AbortSignal.abort())
  const refusal = await confirmUser(app, { ...ada, mailbox }).catch(error => error)
  t.match(refusal.message, /^Confirming an address answered 400: FAST_AUTH_ONE_TIME_TOKEN_INVALID: /)
  t.notMatch(refusal.message, token)
})
