import t, { type Test } from 'tap'
import type { FastAuthOptions } from '../../lib/index.js'
import { bearer } from '../support/account.js'
import { organizationWorld, type Person } from './fixtures/organization-world.js'

type Limits = NonNullable<FastAuthOptions['limits']>

/** None but those of messages. Sign-ups count for the network and in all. */
const bare: Limits = {
  ...{ requestsPerMinute: 0, costlyRequestsPerMinute: 0, hashesPerNetworkPerMinute: 0 },
  ...{ mailsPerAddressPerHour: 0, mailsPerNetworkPerHour: 0, mailsPerHour: 0, mailsPerOrganizationPerHour: 0 },
}

async function floodWorld(t: Test, limits: Limits) {
  const world = await organizationWorld(t, {
    options: { limits: { ...bare, ...limits } },
    server: { trustProxy: true },
  })
  let count = 0
  /** Invites a new address from a network of its own. */
  async function invite(
    by: Person,
    organizationId = world.organizationId,
    wishes: { email?: string; ip?: string } = {},
  ) {
    count += 1
    const { email = `guest-${count}@example.com`, ip = `203.0.${count}.1` } = wishes
    const answer = await world.app.inject({
      method: 'POST',
      url: `/auth/organizations/${organizationId}/invitations`,
      headers: { ...bearer(by.accessToken), 'x-forwarded-for': ip },
      payload: { email, role: 'member' },
    })
    return answer.statusCode
  }
  async function times(number: number, ask: () => Promise<number>): Promise<number[]> {
    const statuses: number[] = []
    for (let index = 0; index < number; index += 1) statuses.push(await ask())
    return statuses
  }
  return { ...world, flood: invite, times }
}

t.test('the members of an organisation send only so many invitations together', async t => {
  const { olga, newMember, flood, times, events, advance } = await floodWorld(t, {
    mailsPerOrganizationPerHour: 5,
  })
  const admin = await newMember('admin')
  events.length = 0
  t.strictSame(await times(2, () => flood(olga)), [202, 202])
  t.strictSame(await times(3, () => flood(admin)), [202, 202, 429])
  t.strictSame(await times(2, () => flood(olga)), [429, 429])
  t.match(
    events.find(({ name }) => name === 'rate_limited'),
    { reason: 'mail_of_organization' },
  )
  advance(3600)
  t.equal((await olga.refresh()).statusCode, 200)
  t.equal(await flood(olga), 202)
})

t.test('an address gets only so many invitations, from all organisations together', async t => {
  const { olga, newPerson, newOrganization, flood, times } = await floodWorld(t, { mailsPerAddressPerHour: 3 })
  const other = await newPerson()
  const theirs = await newOrganization(other)
  const email = 'victim@example.com'
  t.strictSame(await times(2, () => flood(olga, undefined, { email })), [202, 202])
  t.strictSame(await times(2, () => flood(other, theirs, { email: 'Victim@EXAMPLE.com' })), [202, 429])
  t.equal(await flood(olga, undefined, { email }), 429)
  t.equal(await flood(olga), 202, 'other addresses go on')
})

t.test('a network sends only so many invitations, with many users and organisations', async t => {
  const { olga, newPerson, newOrganization, flood, times } = await floodWorld(t, { mailsPerNetworkPerHour: 3 })
  const ip = '198.51.100.7'
  const other = await newPerson()
  const theirs = await newOrganization(other)
  t.strictSame(await times(2, () => flood(olga, undefined, { ip })), [202, 202])
  t.strictSame(await times(2, () => flood(other, theirs, { ip })), [202, 429])
  t.equal(await flood(olga), 202, 'other networks go on')
})

t.test('a user does not multiply the limit of an organisation by creating many', async t => {
  const { olga, organizationId, newOrganization, newPerson, flood, times } = await floodWorld(t, {
    mailsPerOrganizationPerHour: 4,
  })
  const more = [await newOrganization(olga), await newOrganization(olga), await newOrganization(olga)]
  const statuses: number[] = []
  for (const id of [organizationId, ...more]) statuses.push(...(await times(3, () => flood(olga, id))))
  t.equal(statuses.filter(status => status === 202).length, 4, statuses.join(' '))
  const [last = ''] = more
  const removed = await olga.send('DELETE', `/organizations/${last}`)
  t.equal(removed.statusCode, 204)
  t.equal(await flood(olga, await newOrganization(olga)), 429, 'not by deleting and creating either')
  const other = await newPerson()
  t.equal(await flood(other, await newOrganization(other)), 202, 'other users go on')
})

t.test('all clients together send only so many invitations', async t => {
  const { olga, newOrganization, newPerson, flood, times, advance } = await floodWorld(t, { mailsPerHour: 8 })
  advance(3600)
  await olga.refresh()
  const other = await newPerson()
  const theirs = await newOrganization(other)
  t.strictSame(await times(4, () => flood(olga)), [202, 202, 202, 202])
  t.strictSame(await times(4, () => flood(other, theirs)), [202, 202, 202, 429])
})

t.test('neither a user who is no member, a member nor a guest uses up the limit of an organisation', async t => {
  const { olga, organizationId, path, newPerson, newMember, invite, flood, times } = await floodWorld(t, {
    mailsPerOrganizationPerHour: 6,
  })
  const stranger = await newPerson()
  const member = await newMember()
  const demoted = await newMember('admin')
  await olga.send('PATCH', `${path}/members/${demoted.id}`, { role: 'member' })
  await demoted.refresh()
  for (const [person, status] of [
    [stranger, 404],
    [member, 403],
    [demoted, 403],
  ] as const)
    t.strictSame(await times(10, () => flood(person)), Array(10).fill(status))
  const { token } = await invite(olga, organizationId, 'guest@example.com')
  for (let count = 0; count < 10; count += 1) await stranger.accept(token)
  const above = () => olga.send('POST', `${path}/invitations`, { email: 'x@example.com', role: 'unknown' })
  t.strictSame(await times(10, async () => (await above()).statusCode), Array(10).fill(400))
  t.strictSame(await times(4, () => flood(olga)), [202, 202, 202, 429])
})
