import t from 'tap'
import { newOneTimeToken } from '../../lib/tokens/one-time-token.js'
import { visible } from '../support/visible.js'
import { expected, nowhere, organizationWorld } from './fixtures/organization-world.js'

const invalid = 'FAST_AUTH_ONE_TIME_TOKEN_INVALID'

t.test('a token that was not issued takes one storage call at most, and changes nothing', async t => {
  const { olga, organizationId, invite, newPerson, post, asked, state, events } = await organizationWorld(t)
  const person = await newPerson('guest')
  await invite(olga, organizationId, person.email)
  const before = await state()
  const { token } = newOneTimeToken()
  const requests = (one: string) => ({
    preview: () => post('/invitations/preview', { token: one }),
    decline: () => post('/invitations/decline', { token: one }),
    accept: () => person.accept(one),
  })
  const calls = {
    preview: ['invitations.find'],
    decline: ['invitations.decline'],
    accept: ['sessions.find', 'users.find', 'invitations.find'],
  }
  events.length = 0
  for (const [name, request] of Object.entries(requests(token))) {
    asked()
    const answer = await request()
    t.strictSame([answer.statusCode, answer.json().code], [400, invalid], name)
    t.strictSame(asked(), calls[name as keyof typeof calls], name)
  }
  for (const text of ['', 'x', token.slice(1), `${token}A`, `${token.slice(0, -1)}!`, nowhere])
    for (const [name, request] of Object.entries(requests(text))) {
      asked()
      const answer = await request()
      t.strictSame([answer.statusCode, answer.json().code], [400, invalid], `${name} ${text}`)
      t.strictSame(asked(), [], 'a text that cannot be a token costs nothing')
    }
  t.strictSame(await state(), before)
  t.notOk(events.some(({ name }) => name.startsWith('organization')))
})

t.test('the preview of an invitation says no more than its message, and masks the address', async t => {
  const { olga, organizationId, invite, post } = await organizationWorld(t)
  const masked = {
    'grace.hopper@example.com': 'g***@example.com',
    'x@example.com': 'x***@example.com',
    "o'neil+tag@example.com": 'o***@example.com',
  }
  for (const [address, shown] of Object.entries(masked)) {
    const { token } = await invite(olga, organizationId, address)
    const { expiresAt, ...preview } = expected(await post('/invitations/preview', { token }), 200).json()
    t.ok(Date.parse(expiresAt) > 0)
    t.strictSame(preview, { organizationName: 'Analytical Engines', role: 'member', email: shown })
  }
})

t.test('an invitation to a new address and one to a member end in the same list', async t => {
  const { olga, organizationId, path, invite, newMember } = await organizationWorld(t)
  const member = await newMember('member', 'member')
  await invite(olga, organizationId, member.email)
  await invite(olga, organizationId, 'unknown@example.com')
  const { items } = (await olga.send('GET', `${path}/invitations`)).json()
  const bare = items.map(({ id: _, email, ...others }: { id: string; email: string }) => others)
  t.equal(bare.length, 2)
  t.strictSame(bare[0], bare[1])
})

t.test('the last seats are refused alike for every address', async t => {
  const options = { organizations: { maximumMembers: 3 } }
  const { olga, organizationId, path, newMember, newPerson, invite } = await organizationWorld(t, { options })
  const member = await newMember('member', 'member')
  const user = await newPerson('user')
  await invite(olga, organizationId, 'waiting@example.com')
  const answers = []
  for (const email of ['unknown@example.com', user.email, member.email, olga.email]) {
    const answer = await olga.send('POST', `${path}/invitations`, { email, role: 'member' })
    t.strictSame([answer.statusCode, answer.json().code], [409, 'FAST_AUTH_ORGANIZATION_FULL'])
    answers.push(visible(answer))
  }
  for (const answer of answers) t.strictSame(answer, answers[0])
})
