import t from 'tap'
import { setUpTotp } from '../../lib/testing/index.js'
import { noon } from '../support/protected-application.js'
import { refused } from '../support/refusal.js'
import { teamApplication } from './fixtures/organization-application.js'

const recent = 'FAST_AUTH_RECENT_SIGN_IN_REQUIRED'

/** A team, and the requests with which an owner makes another user an owner. */
async function withGrants(t: Parameters<typeof teamApplication>[0], options: object = {}) {
  const team = await teamApplication(t, { options })
  const { path, ben } = team
  const grants = (by: typeof ben, role: string) => [
    () => by.send('POST', `${path}/invitations`, { email: 'dan@example.com', role }),
    () => by.send('PATCH', `${path}/members/${ben.user.id}`, { role }),
  ]
  return { ...team, grants }
}

t.test('a stolen session makes no owner, who could delete the organisation: that needs a recent proof too', async t => {
  const { ada, again, grants, advance, asked, mailbox } = await withGrants(t)
  const before = mailbox.messages.length
  advance(301)
  asked()
  for (const grant of grants(ada, 'owner')) refused(t, await grant(), 403, recent)
  const changes = ['invitations.issue', 'memberships.changeRole']
  t.notOk(
    asked().some(method => changes.includes(method)),
    'the storage is not asked for a change',
  )
  t.equal(mailbox.messages.length, before)
  const codes = []
  for (const grant of grants(ada, 'admin')) codes.push((await grant()).statusCode)
  t.same(codes, [202, 200], 'other roles need none')
  const fresh = await again(ada)
  codes.length = 0
  for (const grant of grants(fresh, 'owner')) codes.push((await grant()).statusCode)
  t.same(codes, [202, 200])
})

t.test('an owner with a second factor makes another owner with a session that has it', async t => {
  const { ada, grants } = await withGrants(t, { secondFactor: 'offered' })
  await setUpTotp(ada, { at: noon })
  for (const grant of grants(ada, 'owner')) refused(t, await grant(), 403, 'FAST_AUTH_SECOND_FACTOR_REQUIRED')
})

t.test('a user whose role is too low learns that, however old the session is', async t => {
  const { ben, grants, advance } = await withGrants(t)
  advance(301)
  for (const grant of grants(ben, 'owner').slice(0, 1)) refused(t, await grant(), 403, 'FAST_AUTH_ROLE_REQUIRED')
})
