import t from 'tap'
import type { ClaimsContext } from '../../lib/tokens/claims-hook.js'
import { bearer } from '../support/account.js'
import { claimsOf } from '../support/passkey-application.js'
import { refused } from '../support/refusal.js'
import { testApplication } from '../support/test-application.js'
import { organizationApplication, type TeamApplication, teamApplication } from './fixtures/organization-application.js'

/** Claims that say for which organisation the hook was called. */
const claims = ({ organization }: ClaimsContext) => ({
  place: organization === undefined ? 'unknown' : (organization?.role ?? 'none'),
})

t.test('the hook of claims gets the organisation of the session on every road', async t => {
  const application = await teamApplication(t, { options: { claims, secondFactor: 'offered' } })
  const { ada, ben, stranger, again, switchTo, refresh, invite, personOf, id } = application
  const placeOf = ({ accessToken }: { accessToken: string }) => claimsOf(accessToken).place
  t.equal(placeOf(ada), 'none', 'a sign-up')
  t.equal(placeOf(ben), 'admin', 'a sign-up with an invitation')
  t.equal(placeOf(await again(ben)), 'none', 'a sign-in')
  const here = await switchTo(ada, id)
  t.equal(placeOf(here), 'owner', 'a switch')
  const later = await refresh(here)
  t.equal(placeOf(later), 'owner', 'a refresh')
  const { password } = ada
  const proven = personOf(await later.send('POST', '/reauthenticate', { password }), ada.email)
  t.equal(placeOf(proven), 'owner', 'a new proof')
  const change = { currentPassword: password, newPassword: 'a horse without any colour' }
  const changed = personOf(await proven.send('POST', '/password/change', change), ada.email)
  t.equal(placeOf(changed), 'owner', 'a change of the password')
  const { token } = await invite(changed, id, stranger.email)
  const joined = personOf(await stranger.send('POST', '/invitations/accept', { token }), stranger.email)
  t.equal(placeOf(joined), 'member', 'an acceptance')
  t.strictSame((await joined.send('GET', '/me')).json().organization, { id, role: 'member' })
})

t.test('a personal organisation is that of a sign-up', async t => {
  const { ada } = await organizationApplication(t, { options: { claims }, organizations: { personal: true } })
  t.hasStrict(claimsOf(ada.accessToken), { place: 'owner', org_role: 'owner' })
})

/** A team whose hook of claims runs `act` once, when the test has set it. */
async function actingHook(t: Parameters<typeof teamApplication>[0]) {
  const armed: { act: (() => Promise<unknown>) | null } = { act: null }
  const called: string[] = []
  const team = await teamApplication(t, {
    options: {
      secondFactor: 'offered',
      async claims(context: ClaimsContext) {
        const { act } = armed
        armed.act = null
        await act?.()
        const { place } = claims(context)
        called.push(place)
        return { place }
      },
    },
  })
  called.length = 0
  return { team, armed, called }
}

const roads: Readonly<Record<string, (team: TeamApplication) => Promise<{ readonly accessToken: string }>>> = {
  refresh: ({ cyd, refresh }) => refresh(cyd),
  'switch of the organisation': ({ cyd, switchTo, id }) => switchTo(cyd, id),
  'new proof': async ({ cyd, personOf }) =>
    personOf(await cyd.send('POST', '/reauthenticate', { password: cyd.password }), cyd.email),
  async 'change of the password'({ cyd, personOf }) {
    const change = { currentPassword: cyd.password, newPassword: 'a horse without any colour' }
    return personOf(await cyd.send('POST', '/password/change', change), cyd.email)
  },
  async acceptance({ ada, cyd, invite, personOf, id }) {
    const { token } = await invite(ada, id, cyd.email)
    return personOf(await cyd.send('POST', '/invitations/accept', { token }), cyd.email)
  },
}

for (const [road, take] of Object.entries(roads).filter(([road]) => road !== 'acceptance')) {
  t.test(`claims are computed once more if the role changes after the hook: ${road}`, async t => {
    const { team, armed, called } = await actingHook(t)
    const { ada, cyd, path } = team
    armed.act = () => ada.send('PATCH', `${path}/members/${cyd.id}`, { role: 'admin' })
    const { accessToken } = await take(team)
    t.hasStrict(claimsOf(accessToken), { org_role: 'admin', place: 'admin' })
    t.strictSame(called, ['member', 'admin'])
  })
}

t.test('claims are computed once more if an accepted invitation leaves the role of a member', async t => {
  const { team, called } = await actingHook(t)
  const { ada, cyd, id, invite, personOf } = team
  const { token } = await invite(ada, id, cyd.email, 'admin')
  const { accessToken } = personOf(await cyd.send('POST', '/invitations/accept', { token }), cyd.email)
  t.hasStrict(claimsOf(accessToken), { org_role: 'member', place: 'member' })
  t.strictSame(called, ['admin', 'member'])
})

t.test('a role that changes after the hook ends the invitation, which is refused', async t => {
  const { team, armed } = await actingHook(t)
  const { ada, cyd, id, path, invite } = team
  const { token } = await invite(ada, id, cyd.email)
  armed.act = () => ada.send('PATCH', `${path}/members/${cyd.id}`, { role: 'admin' })
  const answer = await cyd.send('POST', '/invitations/accept', { token })
  t.hasStrict(answer.json(), { statusCode: 400, code: 'FAST_AUTH_ONE_TIME_TOKEN_INVALID' })
})

t.test('if nothing changes meanwhile, the hook is called once', async t => {
  for (const [road, take] of Object.entries(roads)) {
    const { team, called } = await actingHook(t)
    await take(team)
    t.strictSame(called, ['member'], road)
  }
})

t.test('a membership that ends after the hook leaves the session in no organisation', async t => {
  const { team, armed } = await actingHook(t)
  const { ada, cyd, refresh, path } = team
  armed.act = () => ada.send('DELETE', `${path}/members/${cyd.id}`)
  const later = await refresh(cyd)
  t.equal(claimsOf(later.accessToken).place, 'none')
  t.notOk('org' in claimsOf(later.accessToken))
})

t.test('a membership that ends after the hook ends the switch', async t => {
  const { team, armed } = await actingHook(t)
  const { ada, cyd, path, id } = team
  armed.act = () => ada.send('DELETE', `${path}/members/${cyd.id}`)
  const answer = await cyd.send('POST', '/organizations/current', { organizationId: id })
  refused(t, answer, 404, 'FAST_AUTH_ORGANIZATION_NOT_FOUND')
})

t.test('a session that ends after the hook gets no tokens', async t => {
  const { team, armed } = await actingHook(t)
  const { cyd, id, post, events } = team
  events.length = 0
  armed.act = () => post('/sign-out', undefined, bearer(cyd.accessToken))
  const answer = await cyd.send('POST', '/organizations/current', { organizationId: id })
  refused(t, answer, 401, 'FAST_AUTH_SESSION_REVOKED')
  t.notOk(events.some(({ name }) => name === 'organization_switched'))
})

t.test('the claims of an acceptance see the confirmed address', async t => {
  const seen: unknown[] = []
  const note = ({ user }: ClaimsContext) => ({ n: seen.push(user.emailConfirmedAt) })
  const { ada, stranger, invite, id } = await teamApplication(t, { options: { claims: note } })
  const { token } = await invite(ada, id, stranger.email)
  seen.length = 0
  t.equal((await stranger.send('POST', '/invitations/accept', { token })).statusCode, 200)
  t.strictSame(seen, [Date.UTC(2026, 0, 1, 12)])
})

for (const name of ['org', 'org_role']) {
  t.test(`the claim ${name} is not the application's to set, with organisations`, async t => {
    const options = { claims: () => ({ [name]: 'x' }) }
    const body = { email: 'dan@example.com', password: 'a horse of another colour', transport: 'token' }
    const own = await testApplication(t, { mail: true, options: { ...options, organizations: {} } })
    t.equal((await own.post('/sign-up', body)).statusCode, 500)
    const without = await testApplication(t, { mail: true, options })
    const { accessToken } = (await without.post('/sign-up', body)).json()
    t.equal(claimsOf(accessToken)[name], 'x')
  })
}

t.test('without the option the hook gets no organisation', async t => {
  const { post } = await testApplication(t, { options: { claims } })
  const body = { email: 'dan@example.com', password: 'a horse of another colour', transport: 'token' }
  t.equal(claimsOf((await post('/sign-up', body)).json().accessToken).place, 'unknown')
})
