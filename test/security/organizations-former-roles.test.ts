import t, { type Test } from 'tap'
import { bearer } from '../support/account.js'
import { parkRequest } from '../support/parked-request.js'
import { refused } from '../support/refusal.js'
import { expected, organizationWorld, tokensOf } from './fixtures/organization-world.js'
import { addRoutes, endings, expired, report, tooLow } from './fixtures/role-endings.js'

const worldOf = (t: Test) => organizationWorld(t, { after: addRoutes })

for (const [what, end] of Object.entries(endings)) {
  const isMember = what === 'is demoted'
  const without = isMember ? tooLow : 'FAST_AUTH_ORGANIZATION_REQUIRED'

  t.test(`an admin who ${what} does not go on as an admin with an access token, and stays signed in`, async t => {
    const world = await worldOf(t)
    const admin = await world.newMember('admin')
    const [other, elsewhere] = [await admin.another(), await admin.another()]
    expected(await other.switchTo(world.organizationId), 200)
    const sessions = [admin, other].map(person => ({ person, before: person.accessToken }))
    for (const { before } of sessions) t.strictSame(await report(world, before), [200, undefined])
    await end(world, admin)
    for (const { person, before } of sessions) {
      t.strictSame(await report(world, before), [401, expired])
      t.strictSame(await report(world, before, `/of/${world.organizationId}/report`), [401, expired])
      expected(await person.refresh(), 200)
      t.strictSame(await report(world, before), [401, expired], 'also after a refresh')
      t.strictSame(await report(world, person.accessToken), [403, without])
    }
    const inPath = await report(world, elsewhere.accessToken, `/of/${world.organizationId}/report`)
    t.strictSame(inPath, isMember ? [403, tooLow] : [404, 'FAST_AUTH_ORGANIZATION_NOT_FOUND'])
    t.equal((await elsewhere.send('GET', '/me')).statusCode, 200, 'a session that acts elsewhere goes on')
  })

  t.test(`an admin who ${what} does not go on as an admin with a cached API key`, async t => {
    const world = await worldOf(t)
    const admin = await world.newMember('admin')
    const { key } = await world.newKey(admin, world.organizationId)
    const other = await world.newKey(admin, null)
    for (let count = 0; count < 2; count += 1) t.strictSame(await report(world, key), [200, undefined])
    await end(world, admin)
    t.strictSame(await report(world, key), isMember ? [403, tooLow] : [401, 'FAST_AUTH_API_KEY_INVALID'])
    t.equal((await other.send('GET', '/me')).statusCode, 200, 'a key of no organisation goes on')
  })

  t.test(`a request of an admin who ${what} while its body takes long is refused`, async t => {
    const world = await worldOf(t)
    const admin = await world.newMember('admin')
    const { key } = await world.newKey(admin, world.organizationId)
    const elsewhere = await admin.another()
    const guest = { email: 'guest@example.com', role: 'admin' }
    const park = (token: string, url: string, payload: object = {}) =>
      parkRequest(t, world.app, { method: 'POST', url, headers: bearer(token), payload })
    const parked = [
      await park(admin.accessToken, '/report'),
      await park(key, '/report'),
      await park(elsewhere.accessToken, `/of/${world.organizationId}/report`),
      await park(elsewhere.accessToken, `/auth${world.path}/invitations`, guest),
      await park(elsewhere.accessToken, '/auth/organizations/current', {
        ...{ organizationId: world.organizationId, refreshToken: elsewhere.refreshToken },
      }),
    ]
    await end(world, admin)
    const answers = await Promise.all(parked.map(request => request.finish()))
    const gone = 'FAST_AUTH_ORGANIZATION_NOT_FOUND'
    t.strictSame(
      answers.map(({ code }) => code),
      isMember
        ? [expired, tooLow, tooLow, tooLow, undefined]
        : [expired, 'FAST_AUTH_API_KEY_INVALID', gone, gone, gone],
    )
    t.strictSame(
      world.mailbox.messages.filter(({ to }) => to === guest.email),
      [],
    )
  })

  t.test(`a refresh that is repeated after its user ${what} gives no token with the former role`, async t => {
    const world = await worldOf(t)
    const admin = await world.newMember('admin')
    const before = admin.refreshToken
    expected(await admin.refresh(), 200)
    await end(world, admin)
    const payload = { refreshToken: before }
    const repeated = expected(await world.app.inject({ method: 'POST', url: '/auth/refresh', payload }), 200)
    const tokens = tokensOf(repeated)
    const [statusCode, code] = await report(world, tokens.accessToken)
    t.ok((statusCode === 401 && code === expired) || (statusCode === 403 && code === without), `${statusCode} ${code}`)
    const next = await world.app.inject({
      method: 'POST',
      url: '/auth/refresh',
      payload: { refreshToken: tokens.refreshToken },
    })
    t.strictSame(await report(world, tokensOf(next).accessToken), [403, without], 'the session goes on')
  })
}

t.test('a session that has switched does not act in its former organisation with the token from before', async t => {
  const { olga, app, organizationId, newOrganization, ...world } = await worldOf(t)
  const [before, refreshBefore] = [olga.accessToken, olga.refreshToken]
  const other = await olga.another()
  expected(await other.switchTo(organizationId), 200)
  const second = await newOrganization(olga)
  expected(await olga.switchTo(second), 200)
  t.strictSame(await report({ app }, before), [401, expired])
  t.strictSame(await report({ app }, other.accessToken), [200, undefined], 'other sessions go on')
  const payload = { refreshToken: refreshBefore }
  const repeated = expected(await app.inject({ method: 'POST', url: '/auth/refresh', payload }), 200)
  const headers = bearer(tokensOf(repeated).accessToken)
  const answer = await app.inject({ method: 'POST', url: '/report', headers, payload: {} })
  t.equal(answer.json().organization.id, second, 'the repeated pair acts where the session acts')
  world.advance(11)
  refused(t, await app.inject({ method: 'POST', url: '/auth/refresh', payload }), 401, 'FAST_AUTH_REFRESH_TOKEN_REUSED')
})
