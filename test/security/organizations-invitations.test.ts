import t, { type Test } from 'tap'
import { newOneTimeToken } from '../../lib/tokens/one-time-token.js'
import { ada } from '../support/account.js'
import { refused } from '../support/refusal.js'
import { visible } from '../support/visible.js'
import { expected, type OrganizationWorld, organizationWorld, type Person } from './fixtures/organization-world.js'

const invalid = 'FAST_AUTH_ONE_TIME_TOKEN_INVALID'
const guest = 'guest@example.com'

/** Checks that a token works nowhere, with the answers of a token that there never was. */
async function isDead(t: Test, { post }: OrganizationWorld, owner: Person, email: string, token: string) {
  const requests = (one: string) => [
    post('/invitations/preview', { token: one }),
    post('/invitations/decline', { token: one }),
    owner.accept(one),
    post('/sign-up', { email: `new-${email}`, password: ada.password, invitationToken: one }),
    post('/sign-up', { email, password: ada.password, invitationToken: one }),
  ]
  const [dead, random] = [await Promise.all(requests(token)), await Promise.all(requests(newOneTimeToken().token))]
  for (const [index, answer] of dead.entries()) {
    refused(t, answer, 400, invalid)
    t.strictSame(visible(answer), visible(random[index] as typeof answer))
  }
}

const endings: Readonly<
  Record<string, (world: OrganizationWorld, made: { id: string; token: string; by: Person }) => Promise<unknown>>
> = {
  declined: ({ post }, { token }) => post('/invitations/decline', { token }),
  revoked: ({ olga, path }, { id }) => olga.send('DELETE', `${path}/invitations/${id}`),
  'replaced by another one': ({ olga, organizationId, invite }) => invite(olga, organizationId, guest, 'billing'),
  expired: async ({ advance }) => advance(7 * 86_400),
  'sent by a user who was removed': ({ olga, path }, { by }) => olga.send('DELETE', `${path}/members/${by.id}`),
  'sent by a user who has left': ({ path }, { by }) => by.send('DELETE', `${path}/members/${by.id}`),
  'sent by a user who was demoted': ({ olga, path }, { by }) =>
    olga.send('PATCH', `${path}/members/${by.id}`, { role: 'billing' }),
  'sent by a user who was deleted': ({ app }, { by }) => app.fastAuth.deleteUser(by.id),
  'to an organisation that was deleted': ({ olga, path }) => olga.send('DELETE', path),
}

for (const [what, end] of Object.entries(endings))
  t.test(`an invitation ${what} is as invalid as one that there never was`, async t => {
    const world = await organizationWorld(t)
    const by = await world.newMember('admin')
    const made = { by, ...(await world.invite(by, world.organizationId, guest, 'admin')) }
    t.equal((await world.post('/invitations/preview', { token: made.token })).statusCode, 200)
    await end(world, made)
    const person = await world.newPerson('guest')
    await isDead(t, world, person, guest, made.token)
    t.strictSame((await person.send('GET', '/organizations')).json().items, [])
  })

t.test('an accepted invitation is not accepted once more, nor by a sign-up', async t => {
  const world = await organizationWorld(t)
  const { olga, organizationId, invite, newPerson, post, path } = world
  const { token } = await invite(olga, organizationId, guest)
  const person = await newPerson('guest')
  expected(await person.accept(token), 200)
  await isDead(t, world, person, guest, token)
  expected(await person.send('DELETE', `${path}/members/${person.id}`), 204)
  expected(await person.refresh(), 200)
  await isDead(t, world, person, guest, token)

  const other = await invite(olga, organizationId, 'new@example.com')
  const body = { email: 'new@example.com', password: ada.password, invitationToken: other.token }
  expected(await post('/sign-up', body), 201)
  await isDead(t, world, person, 'new@example.com', other.token)
})

t.test('an account with the invited address is no member before it has the token (GHSA-fmh4-wcc4-5jm3)', async t => {
  const { olga, organizationId, path, invite, newPerson, app, storage } = await organizationWorld(t)
  const squatter = await newPerson('guest')
  const { id, token } = await invite(olga, organizationId, guest, 'admin')
  t.strictSame((await squatter.send('GET', '/organizations')).json().items, [])
  for (const answer of [
    await squatter.send('GET', path),
    await squatter.switchTo(organizationId),
    await squatter.send('GET', `${path}/invitations`),
    await squatter.send('DELETE', `${path}/invitations/${id}`),
    await squatter.send('POST', '/api-keys', { name: 'k', organizationId }),
  ])
    refused(t, answer, 404, 'FAST_AUTH_ORGANIZATION_NOT_FOUND')
  for (const guess of [id, organizationId, `${id}0000000`, newOneTimeToken().token])
    refused(t, await squatter.accept(guess), 400, invalid)
  t.equal((await storage.users.find({ userId: squatter.id }))?.emailConfirmedAt, null)
  expected(await squatter.accept(token), 200)
  t.not((await storage.users.find({ userId: squatter.id }))?.emailConfirmedAt, null, 'the token is the proof')
  t.equal((await app.fastAuth.deleteUser(squatter.id)).outcome, 'deleted')
})

t.test('an account whose address differs does not accept, whatever it claims, and uses up nothing', async t => {
  const { olga, organizationId, invite, newPerson, post } = await organizationWorld(t)
  const { token } = await invite(olga, organizationId, guest)
  for (const name of ['mallory', 'guest+1', 'gu.est', 'guest.', 'guests']) {
    const address = `${name}@example.com`
    const signUp = { email: address, password: ada.password, invitationToken: token }
    const answer = await post('/sign-up', signUp)
    t.equal(answer.statusCode, 400, address)
    if (name.endsWith('.')) continue
    const person = await newPerson(name)
    refused(t, await person.accept(token), 400, invalid)
    await person.send('POST', '/email/change', { email: guest, password: ada.password })
    refused(t, await person.accept(token), 400, invalid)
    refused(t, await person.send('POST', '/invitations/accept', { token, email: guest }), 400, 'FST_ERR_VALIDATION')
    t.strictSame((await person.send('GET', '/organizations')).json().items, [])
  }
  const person = await newPerson('guest')
  expected(await person.accept(token), 200)
})

t.test(
  'one address in another case, or with an international domain, is that address; look-alikes are not',
  async t => {
    const { olga, organizationId, path, invite, newPerson, post } = await organizationWorld(t)
    const same: readonly (readonly [string, string])[] = [
      ['Guest@EXAMPLE.com', guest],
      ['kate@b\u00fccher.example', 'kate@xn--bcher-kva.example'],
      ['kate@\uff45xample.org', 'kate@example.org'],
    ]
    for (const [typed, canonical] of same) {
      const answer = await olga.send('POST', `${path}/invitations`, { email: typed, role: 'member' })
      t.equal(answer.json().email, canonical)
    }
    for (const email of [
      '\u212aate@example.org',
      'ka\u0442e@example.org',
      'gu\u0131st@example.com',
      'kate@example.org\u0000',
    ]) {
      const answer = await olga.send('POST', `${path}/invitations`, { email, role: 'member' })
      refused(t, answer, 400, 'FST_ERR_VALIDATION')
      const signUp = await post('/sign-up', { email, password: ada.password })
      refused(t, signUp, 400, 'FST_ERR_VALIDATION')
    }
    const { token } = await invite(olga, organizationId, 'upper@example.com')
    expected(await (await newPerson('UPPER')).accept(token), 200)
  },
)

t.test('the token of an invitation is good for nothing else, and no other token is an invitation', async t => {
  const world = await organizationWorld(t, { options: { emailSignIn: {} } })
  const { olga, organizationId, invite, newPerson, post, tokenTo } = world
  const person = await newPerson('guest')
  const { token } = await invite(olga, organizationId, guest)
  for (const path of ['/email/confirm', '/email/change/confirm'])
    refused(t, await post(path, { token, password: ada.password }), 400, invalid)
  refused(t, await post('/password/reset', { token, password: 'a different battery' }), 400, invalid)
  t.equal((await post('/refresh', { refreshToken: token })).statusCode, 401)
  await post('/email/confirm/send', { email: guest })
  const confirmEmail = await tokenTo(guest, 'confirmEmail')
  await post('/password/forgot', { email: guest })
  const resetPassword = await tokenTo(guest, 'resetPassword')
  for (const other of [confirmEmail, resetPassword]) await isDead(t, world, person, guest, other)
  expected(await post('/email/confirm', { token: confirmEmail, password: ada.password }), 200)
  const again = await person.another()
  expected(await again.accept(token), 200)
})
