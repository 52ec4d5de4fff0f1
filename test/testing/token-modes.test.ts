import t from 'tap'
import { signInUser, signUpUser } from '../../lib/testing/index.js'
import { ada } from '../support/account.js'
import { testApplication } from '../support/test-application.js'

for (const tokenMode of ['access-only', 'sliding'] as const) {
  t.test(`${tokenMode}: a user who is signed up or in has only an access token`, async t => {
    const { app } = await testApplication(t, { options: { tokenMode } })
    for (const person of [await signUpUser(app, ada), await signInUser(app, ada)]) {
      t.equal(person.refreshToken, undefined)
      t.equal((await person.inject('/auth/me')).statusCode, 200)
    }
  })
}

t.test('sliding: a browser goes on with the cookie of its last refresh', async t => {
  const { app, advance } = await testApplication(t, { options: { tokenMode: 'sliding' } })
  const { inject } = await signUpUser(app, { transport: 'cookie' })
  for (const _ of [1, 2, 3]) {
    advance(600)
    t.equal((await inject({ method: 'POST', url: '/auth/refresh' })).statusCode, 200)
  }
  t.equal((await inject('/auth/me')).statusCode, 200)
})
