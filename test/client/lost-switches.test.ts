import t, { type Test } from 'tap'
import type { AuthClient, AuthClientOptions } from '../../lib/client/index.js'
import { accessTokenSeconds, ada, clientApp } from './fixtures/client-app.js'
import { ben, organizationApp } from './fixtures/organization-app.js'

type Transport = 'cookie' | 'token'
type Mode = 'pair' | 'access-only' | 'sliding'

const current = '/auth/organizations/current'
const accepting = '/auth/invitations/accept'
const lost = { code: 'NETWORK_FAILURE', statusCode: 0 }

/** An application, and Ada, who is the owner of an organisation in which her session does not act. */
async function withOwner(t: Test, transport: Transport, tokenMode: Mode = 'pair', options: AuthClientOptions = {}) {
  const app = await organizationApp(t, { tokenMode })
  const owner = await app.signedUp({ transport, tokenMode, ...options })
  const { data } = await owner.createOrganization({ name: 'Engines' })
  app.requests.length = 0
  const reuses = () => app.events.filter(({ name }) => name.includes('reuse'))
  return { ...app, owner, organizationId: data?.id ?? '', reuses }
}

/** Checks that a session acts in an organisation, when the grace time is over, and that it can still be refreshed. */
async function goesOn(t: Test, { advance }: { advance(seconds: number): void }, client: AuthClient): Promise<void> {
  advance(accessTokenSeconds / 2)
  t.equal((await client.fetch('/role')).status, 200)
  t.equal((await client.refreshSession()).status, 200)
  t.equal((await client.fetch('/role')).status, 200)
}

for (const transport of ['cookie', 'token'] as const) {
  for (const tokenMode of ['pair', 'sliding'] as const) {
    t.test(
      `${transport}, ${tokenMode}: a lost response of a switch is followed by a refresh, and no alarm`,
      async t => {
        const app = await withOwner(t, transport, tokenMode)
        const { owner, organizationId } = app
        app.fatesOf(current).push('lost')
        t.hasStrict(await owner.switchOrganization({ organizationId }), { error: lost })
        t.same(app.requests, [`POST ${current}`, 'POST /auth/refresh'])
        t.same(owner.session.organization, { id: organizationId, role: 'owner' })
        await goesOn(t, app, owner)
        t.same(app.reuses(), [])
      },
    )
  }

  t.test(`${transport}: a lost response of an acceptance is followed by a refresh, and no alarm`, async t => {
    const app = await organizationApp(t)
    const owner = await app.signedUp({ transport })
    const id = await app.ownedBy(owner)
    const member = app.client({ transport })
    await member.signUp(ben)
    const token = await app.invited(owner, id)
    app.fatesOf(accepting).push('lost')
    app.requests.length = 0
    t.hasStrict(await member.acceptInvitation({ token }), { error: lost })
    t.same(app.requests, [`POST ${accepting}`, 'POST /auth/refresh'])
    t.same(member.session.organization, { id, role: 'member' })
    await goesOn(t, app, member)
    t.notOk(app.events.some(({ name }) => name.includes('reuse')))
  })

  t.test(
    `${transport}: if the refresh fails too, the user stays signed in, and the error is that of the switch`,
    async t => {
      const app = await withOwner(t, transport)
      const { owner, organizationId } = app
      app.fatesOf(current).push('cut')
      app.fates.push('cut', 'cut')
      t.hasStrict(await owner.switchOrganization({ organizationId }), { error: lost })
      t.hasStrict(owner.session, { status: 'signed-in', organization: null })
      t.equal((await owner.switchOrganization({ organizationId })).status, 200)
      await goesOn(t, app, owner)
    },
  )
}

t.test('a proxy that answers for the server is no proof that the session has not switched', async t => {
  const { owner, organizationId, fatesOf, requests } = await withOwner(t, 'token')
  fatesOf(current).push({ status: 502, type: 'text/html', body: '<p>Bad Gateway</p>' })
  const error = { code: 'UNEXPECTED_ANSWER', statusCode: 502 }
  t.hasStrict(await owner.switchOrganization({ organizationId }), { error })
  t.same(requests, [`POST ${current}`, 'POST /auth/refresh'])
})

t.test('a caller who gives up gets the new tokens too', async t => {
  const controller = new AbortController()
  const app = await withOwner(t, 'token', 'pair', {
    async fetch(input, init) {
      const response = await fetch(input, init)
      if (!String(input).endsWith(current)) return response
      controller.abort()
      throw controller.signal.reason
    },
  })
  const { organizationId, owner } = app
  const { signal } = controller
  t.hasStrict(await owner.switchOrganization({ organizationId }, { signal }), { error: { code: 'ABORTED' } })
  t.same(app.requests, [`POST ${current}`, 'POST /auth/refresh'])
  await goesOn(t, app, owner)
})

t.test('a refused switch is not followed by a refresh', async t => {
  const { owner, requests } = await withOwner(t, 'token')
  const organizationId = '00000000-0000-4000-8000-000000000000'
  t.hasStrict(await owner.switchOrganization({ organizationId }), { error: { statusCode: 404 } })
  t.same(requests, [`POST ${current}`])
})

t.test('in the token mode access-only, which has no refresh, the session goes on', async t => {
  const { owner, organizationId, fatesOf } = await withOwner(t, 'token', 'access-only')
  fatesOf(current).push('lost')
  t.hasStrict(await owner.switchOrganization({ organizationId }), { error: lost })
  t.equal((await owner.fetch('/role')).status, 200)
  t.equal(owner.session.status, 'signed-in')
})

t.test('a lost reauthentication, after which a refresh would end the session, is followed by none', async t => {
  const { signedUp, fatesOf, requests } = await clientApp(t, { options: { secondFactor: 'offered' } })
  const client = await signedUp({ transport: 'token' })
  const path = '/auth/reauthenticate'
  fatesOf(path).push('lost')
  requests.length = 0
  t.hasStrict(await client.reauthenticate({ password: ada.password }), { error: lost })
  t.same(requests, [`POST ${path}`])
  t.equal((await client.fetch('/hello')).status, 200)
})
