import t from 'tap'
import { memoryStorage } from '../../lib/engines/memory.js'
import { ada } from '../support/account.js'
import { refused } from '../support/refusal.js'
import { checkConcurrentExits, exits } from './fixtures/organization-orphans.js'
import { expected, organizationWorld } from './fixtures/organization-world.js'

for (const [way, exit] of Object.entries(exits).filter(([name]) => !name.startsWith('be ')))
  t.test(`the only owner of an organisation cannot ${way}`, async t => {
    const world = await organizationWorld(t)
    const { olga, path, newMember, state } = world
    const admin = await newMember('admin')
    const before = await state()
    t.equal(await exit(world, path, olga, admin), false)
    t.strictSame(await state(), before)
    t.equal((await olga.send('GET', '/me')).statusCode, 200, 'nothing of the account has ended')
  })

t.test('the deletion of a user names the organisations that would have no owner, and no others', async t => {
  const { app, olga, path, organizationId, newMember, newOrganization, state } = await organizationWorld(t, {
    options: { organizations: { personal: true } },
  })
  const other = await newMember('owner')
  const alone = await newOrganization(olga)
  t.strictSame(await app.fastAuth.deleteUser(olga.id), { outcome: 'lastOwner', organizationIds: [alone] })
  refused(t, await olga.send('DELETE', '/me', { password: ada.password }), 409, 'FAST_AUTH_LAST_OWNER')
  expected(await olga.send('DELETE', `/organizations/${alone}`), 204)
  t.equal((await state()).members.length, 2)
  expected(await olga.send('DELETE', '/me', { password: ada.password }), 204)
  t.equal((await other.send('GET', path)).json().role, 'owner')
  t.strictSame(await app.fastAuth.deleteUser(other.id), { outcome: 'lastOwner', organizationIds: [organizationId] })
})

t.test('a wrong password does not say whether the user is the only owner', async t => {
  const { olga, newMember } = await organizationWorld(t)
  const member = await newMember()
  const payload = { password: 'wrong horse battery' }
  const [last, any] = [await olga.send('DELETE', '/me', payload), await member.send('DELETE', '/me', payload)]
  t.equal(last.statusCode, any.statusCode)
  t.equal(last.body, any.body)
})

t.test('of two owners who go concurrently, one stays, whichever ways they choose', t =>
  checkConcurrentExits(t, memoryStorage()),
)
