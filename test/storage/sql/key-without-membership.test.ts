import Libsql from 'libsql'
import t from 'tap'
import { sqliteStorage } from '../../../lib/engines/sqlite.js'
import { bearer, signUpForTokens } from '../../support/account.js'
import { testApplication } from '../../support/test-application.js'

t.test('a key of an organisation is refused if the membership ends while the key is looked up', async t => {
  const database = new Libsql(':memory:')
  const storage = sqliteStorage({ database })
  const { app, post } = await testApplication(t, { mail: true, options: { storage, organizations: {} } })
  const { accessToken } = await signUpForTokens(app)
  const headers = bearer(accessToken)
  const { id: organizationId } = (await post('/organizations', { name: 'Engines' }, headers)).json()
  const { key } = (await post('/api-keys', { name: 'deploy', organizationId }, headers)).json()
  // Another process has ended the membership after the key was read: the key is there, and the membership is not.
  database.exec('delete from fast_auth_memberships')
  const refused = await app.inject({ url: '/auth/me', headers: bearer(key) })
  t.hasStrict(refused.json(), { statusCode: 401, code: 'FAST_AUTH_API_KEY_INVALID' })
})
