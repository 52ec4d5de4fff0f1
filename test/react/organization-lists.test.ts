import t, { type Test } from 'tap'
import type { AuthClientOptions } from '../../lib/client/index.js'
import { useOrganization, useSession } from '../../lib/react/index.js'
import { ben, organizationApp } from '../client/fixtures/organization-app.js'
import { acted, rendered, until } from './rendered.js'

const transport = 'token'
const grace = { ...ben, email: 'grace@example.com' }
const withLists = () => ({ user: useSession().user, ...useOrganization({ members: true, invitations: true }) })

/** An application, and Ada, who owns two organisations. Ben is a member of the first one, in which her session acts. */
async function withTwoOrganizations(t: Test, options: AuthClientOptions = {}) {
  const app = await organizationApp(t)
  const owner = await app.signedUp({ transport, ...options })
  const mills = await app.ownedBy(owner, 'Mills')
  const engines = await app.ownedBy(owner, 'Engines')
  const member = app.client({ transport })
  await member.signUp({ ...ben, invitationToken: await app.invited(owner, engines) })
  await owner.inviteMember({ id: engines, email: 'charles@example.com', role: 'member' })
  return { owner, mills, engines, memberId: member.session.user?.id ?? '' }
}

t.test('no render has another organisation with the lists of the former one', async t => {
  const { owner, mills } = await withTwoOrganizations(t)
  const state = await rendered(t, owner, withLists)
  await until(() => state().members?.length === 2 && state().invitations?.length === 1)
  await acted(() => state().switchTo(mills))
  await until(() => state().members?.length === 1 && state().invitations?.length === 0)
  const wrong = state.all.filter(
    ({ organization, members, invitations }) =>
      organization?.id === mills && (members?.length === 2 || invitations?.length === 1),
  )
  t.same(wrong, [])
})

t.test('no render has another user with the organisations of the former one', async t => {
  const { owner } = await withTwoOrganizations(t)
  const state = await rendered(t, owner, withLists)
  await until(() => state().organizations?.length === 2)
  await acted(() => owner.signUp(grace))
  await until(() => state().organizations?.length === 0)
  const wrong = state.all.filter(
    ({ user, organizations }) => user?.email === grace.email && organizations !== null && organizations.length > 0,
  )
  t.same(wrong, [])
})

t.test('a change that ends after a switch leaves the lists of the new organisation', async t => {
  let release = () => {}
  const held = new Promise<void>(resolve => {
    release = resolve
  })
  const { owner, mills, memberId } = await withTwoOrganizations(t, {
    async fetch(input, init) {
      const response = await fetch(input, init)
      if (init?.method === 'PATCH') await held
      return response
    },
  })
  const state = await rendered(t, owner, withLists)
  await until(() => state().members?.length === 2)
  const change = state().changeRole({ userId: memberId, role: 'admin' })
  await acted(() => state().switchTo(mills))
  await until(() => state().members?.length === 1)
  await acted(async () => {
    release()
    t.equal((await change).status, 200)
    await owner.listMembers({ id: mills })
  })
  t.equal(state().members?.length, 1)
})
