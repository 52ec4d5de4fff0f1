import t, { type Test } from 'tap'
import type { FastAuthOptions } from '../../lib/index.js'
import { memorySender } from '../../lib/mail/index.js'
import { addMember, createOrganization, signUpUser } from '../../lib/testing/index.js'
import { message } from '../mail/message.js'
import { ada } from '../support/account.js'
import { testApplication } from '../support/test-application.js'

const publicUrl = 'https://app.example.com'

/** An application with organisations, whose route answers with the organisation of the request. */
async function application(t: Test, options: Partial<FastAuthOptions> = {}) {
  const mailbox = memorySender()
  const email = { sender: mailbox, from: 'Example <accounts@example.com>' }
  const organizations = { roles: { billing: { like: 'member' as const } } }
  const { app } = await testApplication(t, {
    options: { publicUrl, email, organizations, ...options },
    after(app) {
      const onRequest = app.fastAuth.requireOrganization()
      app.get('/role', { onRequest }, async request => request.user?.organization)
    },
  })
  return { app, mailbox }
}

t.test('a user creates an organisation and acts in it, with tokens and with cookies', async t => {
  const { app } = await application(t)
  for (const user of [await signUpUser(app, ada), await signUpUser(app, { transport: 'cookie' })]) {
    const { organization, owner } = await createOrganization(app, user)
    const { id } = organization
    t.hasStrict(organization, { name: 'Analytical Engines', role: 'owner', current: true })
    t.same((await owner.inject('/role')).json(), { id, role: 'owner' })
    t.hasStrict(owner.session, { organization: { id, role: 'owner' } })
    t.strictSame([owner.email, owner.password], [user.email, user.password])
  }
})

t.test('a new user is a member with a role in one call, with tokens and with cookies', async t => {
  const { app, mailbox } = await application(t, { usernames: true })
  const { organization, owner: by } = await createOrganization(app, await signUpUser(app, ada), { name: 'Looms' })
  const { id: organizationId, name } = organization
  t.equal(name, 'Looms')
  const member = await addMember(app, { organizationId, by, mailbox })
  t.same((await member.inject('/role')).json(), { id: organizationId, role: 'member' })
  t.type(member.refreshToken, 'string')
  t.type(member.user.emailConfirmedAt, 'string')
  const settings = { role: 'billing', email: 'Grace@Example.com', password: 'a password of Grace', username: 'grace' }
  const browser = await addMember(app, { organizationId, by, mailbox, ...settings, transport: 'cookie' })
  t.notOk('accessToken' in browser)
  t.hasStrict(browser, { user: { email: 'grace@example.com', username: 'grace' }, password: 'a password of Grace' })
  t.same((await browser.inject('/role')).json(), { id: organizationId, role: 'billing' })
})

t.test('an existing user is a member in one call, although other messages wait for them', async t => {
  const { app, mailbox } = await application(t)
  const { organization, owner: by } = await createOrganization(app, await signUpUser(app, ada))
  const { id: organizationId } = organization
  for (const user of [await signUpUser(app), await signUpUser(app, { transport: 'cookie' })]) {
    await app.inject({ method: 'POST', url: '/auth/password/forgot', payload: { email: user.email } })
    const text = 'A link without a token: https://app.example.com'
    await mailbox.send({ ...message, to: user.email, text }, AbortSignal.abort())
    const admin = await addMember(app, { organizationId, by, mailbox, user, role: 'admin' })
    t.same((await admin.inject('/role')).json(), { id: organizationId, role: 'admin' })
    t.equal(admin.session.id, user.session.id)
  }
})

t.test('another prefix is used', async t => {
  const prefix = '/accounts'
  const { app, mailbox } = await application(t, { prefix })
  const { organization, owner } = await createOrganization(app, await signUpUser(app, { prefix }), { prefix })
  const member = await addMember(app, { organizationId: organization.id, by: owner, mailbox, prefix })
  t.equal((await member.inject('/role')).json().role, 'member')
})

t.test('a refused request rejects with status and code', async t => {
  const { app, mailbox } = await application(t)
  const user = await signUpUser(app, ada)
  await t.rejects(createOrganization(app, user, { name: '' }), {
    message: 'createOrganization answered 400: FST_ERR_VALIDATION',
  })
  const { organization, owner: by } = await createOrganization(app, user)
  const { id: organizationId } = organization
  await t.rejects(addMember(app, { organizationId, by, mailbox, role: 'queen' }), {
    message: 'inviteMember answered 400: FST_ERR_VALIDATION',
  })
  const member = await signUpUser(app)
  await member.inject({ method: 'DELETE', url: '/auth/me', payload: { password: member.password } })
  await t.rejects(addMember(app, { organizationId, by, mailbox, user: member }), {
    message: /^acceptInvitation answered 401: FAST_AUTH_/,
  })
})
