import t from 'tap'
import { resolveOrganizations } from '../../lib/composition/options/resolve-organizations.js'
import { memoryStorage } from '../../lib/engines/memory.js'
import { memorySender } from '../../lib/mail/index.js'
import { bootRefusal } from '../support/boot-refusal.js'
import { secret } from '../support/secret.js'

const email = { sender: memorySender(), from: 'accounts@example.com' }
const mailing = { secrets: [secret], storage: memoryStorage(), publicUrl: 'https://app.example.com', email }
const code = 'FAST_AUTH_OPTION_INVALID'

t.test('the defaults', async t => {
  t.equal(resolveOrganizations({ email }), null)
  const defaults = {
    ...{ ownRoles: {}, personal: false, memberList: 'admin', maximumOwned: 100, maximumMembers: 1000 },
    invitationLifetimeSeconds: 7 * 86_400,
  }
  t.strictSame(resolveOrganizations({ organizations: {}, email }), defaults)
  const roles = { billing: { like: 'member' }, maintainer: { like: 'admin' } } as const
  const given = {
    ...({ personal: true, memberList: 'member', maximumOwned: 1, maximumMembers: 2 } as const),
    invitationLifetimeSeconds: 300,
  }
  t.strictSame(resolveOrganizations({ organizations: { roles, ...given }, email }), {
    ownRoles: { billing: 'member', maintainer: 'admin' },
    ...given,
  })
})

t.test('organisations need a sender, and a page for the link', async t => {
  t.equal(bootRefusal({ ...mailing, organizations: {} }), null)
  const { email: _, ...others } = mailing
  t.strictSame(bootRefusal({ ...others, organizations: {} }), {
    code,
    message: 'The option "organizations" of fast-auth needs the option "email"',
  })
  const page = 'https://app.example.com/page'
  const links = { confirmEmail: page, resetPassword: page, changeEmail: page }
  const withoutPages = { ...mailing, pages: false, organizations: {} }
  t.strictSame(bootRefusal({ ...withoutPages, email: { ...email, links } }), {
    code,
    message:
      'The option "pages" of fast-auth is false, so "email.links" must say where confirmEmail, resetPassword, changeEmail and invitation lead',
  })
  t.equal(bootRefusal({ ...withoutPages, email: { ...email, links: { ...links, invitation: page } } }), null)
  t.equal(bootRefusal({ ...mailing, pages: false, email: { ...email, links } }), null, 'without organisations')
})

t.test('roles have names of their own, and are like admin or member', async t => {
  const refusal = (roles: unknown) => bootRefusal({ ...mailing, organizations: { roles } })
  for (const name of ['a', 'billing', 'b2-c_d', 'x'.repeat(40), 'owners'])
    t.equal(refusal({ [name]: { like: 'member' } }), null, name)
  const names =
    "an object with at most 50 roles such as { billing: { like: 'member' } }: names of 1 to 40 lower-case letters, digits, _ and -, other than owner, admin and member"
  for (const name of ['owner', 'admin', 'member', 'Billing', '', '1a', 'a b', 'x'.repeat(41), 'ä']) {
    const message = `fast-auth has no option "organizations.roles.${name}": "organizations.roles" must be ${names}`
    t.strictSame(refusal({ [name]: { like: 'member' } }), { code, message })
  }
  t.strictSame(refusal({ billing: {} }), {
    code,
    message:
      'The option "organizations.roles.billing.like" of fast-auth is missing: it must be one of "admin", "member"',
  })
  for (const role of [{ like: 'owner' }, { like: 'billing' }, { like: 'member', may: [] }, 'member', null])
    t.match(refusal({ billing: role }), { code, message: 'organizations' })
  const many = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`r${index}`, { like: 'member' }]))
  t.equal(refusal(many(50)), null)
  t.match(refusal(many(51)), { code, message: 'organizations.roles' })
})

for (const [name, least, most] of [
  ['maximumOwned', 1, 100_000],
  ['maximumMembers', 1, 10_000_000],
  ['invitationLifetimeSeconds', 300, 90 * 86_400],
] as const) {
  t.test(`${name} is from ${least} to ${most}`, async t => {
    const refusal = (value: unknown) => bootRefusal({ ...mailing, organizations: { [name]: value } })
    for (const value of [least, most]) t.equal(refusal(value), null)
    for (const value of [least - 1, most + 1, least + 0.5, '5', null])
      t.match(refusal(value), { code, message: `organizations.${name}` })
  })
}

t.test('other values are refused, and name the option', async t => {
  const refusal = (organizations: unknown) => bootRefusal({ ...mailing, organizations })
  t.match(refusal({ personal: 'yes' }), { code, message: 'organizations.personal' })
  t.match(refusal({ memberList: 'owner' }), { code, message: 'organizations.memberList' })
  t.match(refusal({ teams: true }), { code, message: 'organizations.teams' })
  for (const value of [true, 'on', null, []]) t.match(refusal(value), { code, message: 'organizations' })
})
