import t from 'tap'
import { refused } from '../support/refusal.js'
import { organizationApplication, type Person, teamApplication } from './fixtures/organization-application.js'

const deleteMe = (one: Person) => one.send('DELETE', '/me', { password: one.password })

t.test('the only owner of an organisation cannot delete their account', async t => {
  const { ada, ben, path, events } = await teamApplication(t)
  refused(t, await deleteMe(ada), 409, 'FAST_AUTH_LAST_OWNER')
  t.strictSame(events, [])
  t.equal((await ada.send('GET', '/me')).statusCode, 200)
  await ada.send('PATCH', `${path}/members/${ben.id}`, { role: 'owner' })
  t.equal((await deleteMe(ada)).statusCode, 204)
})

t.test('an account goes with its memberships and its personal organisation', async t => {
  const { ada, cyd, path } = await teamApplication(t, { organizations: { personal: true } })
  t.equal((await deleteMe(cyd)).statusCode, 204)
  const { items } = (await ada.send('GET', `${path}/members`)).json()
  t.notOk(items.some(({ userId }: { userId: string }) => userId === cyd.id))
})

t.test('the application learns which organisations would have no owner', async t => {
  const { app, ada, ben, cyd, found, id } = await teamApplication(t)
  const other = await found(ada, 'Looms')
  const refusal = await app.fastAuth.deleteUser(ada.id)
  if (refusal.outcome !== 'lastOwner') throw new Error(`The outcome was ${refusal.outcome}`)
  t.strictSame(refusal.organizationIds.toSorted(), [id, other.id].toSorted())
  t.equal((await ada.send('GET', '/me')).statusCode, 200)
  t.strictSame(await app.fastAuth.deleteUser(ben.id), { outcome: 'deleted' })
  t.strictSame(await app.fastAuth.deleteUser(cyd.id), { outcome: 'deleted' })
  for (const organizationId of refusal.organizationIds)
    t.equal((await ada.send('DELETE', `/organizations/${organizationId}`)).statusCode, 204)
  t.strictSame(await app.fastAuth.deleteUser(ada.id), { outcome: 'deleted' })
})

t.test('invitations that a deleted user has sent are gone', async t => {
  const { app, ben, invite, post, id } = await teamApplication(t)
  const { token } = await invite(ben, id, 'dan@example.com')
  t.strictSame(await app.fastAuth.deleteUser(ben.id), { outcome: 'deleted' })
  refused(t, await post('/invitations/preview', { token }), 400, 'FAST_AUTH_ONE_TIME_TOKEN_INVALID')
})

t.test('the hooks of a deletion say nothing if it is refused', async t => {
  const hooked: string[] = []
  const hooks = { afterUserDelete: () => void hooked.push('afterUserDelete') }
  const { ada, found } = await organizationApplication(t, { options: { hooks } })
  await found(ada)
  refused(t, await deleteMe(ada), 409, 'FAST_AUTH_LAST_OWNER')
  t.strictSame(hooked, [])
})
