import createError from '@fastify/error'
import t from 'tap'
import { type SignedInUser, signUpUser } from '../../lib/testing/index.js'
import { testApplication } from '../support/test-application.js'
import { block } from './readme.js'

t.test('the documented hook limits who creates organisations', async t => {
  const code = block('creation', 'docs/organizations.md').replace(/^import .*$/m, '')
  const allowed = { id: '' }
  const { app } = await testApplication(t, {
    mail: true,
    options: { organizations: {} },
    before(app) {
      new Function('app', 'mayCreate', 'createError', code)(app, (id: string) => id === allowed.id, createError)
    },
  })
  const [ada, grace] = [await signUpUser(app), await signUpUser(app)]
  allowed.id = ada.user.id
  const create = (user: SignedInUser) =>
    user.inject({ method: 'POST', url: '/auth/organizations', payload: { name: 'Engines' } })
  t.equal((await create(ada)).statusCode, 201)
  t.hasStrict((await create(grace)).json(), { statusCode: 403, code: 'APP_CREATION_REFUSED' })
})
