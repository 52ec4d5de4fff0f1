import t, { type Test } from 'tap'
import { signUpForTokens } from '../support/account.js'
import { testApplication } from '../support/test-application.js'

interface Client {
  readonly remoteAddress?: string
  readonly userAgent?: string
}

const owner = { remoteAddress: '203.0.113.7', userAgent: 'Phone/2.0' }
const ownerInIPv6 = { ...owner, remoteAddress: '2001:db8:1:2::7' }

/** An application in which Ada is signed in, and a refresh by a client of the test’s choice. */
async function signedInApp(t: Test) {
  const { app, events, advance } = await testApplication(t)
  const { refreshToken, session, user } = await signUpForTokens(app)
  const refresh = async (token: string, { remoteAddress = '', userAgent = '' }: Client) => {
    const answer = await app.inject({
      method: 'POST',
      url: '/auth/refresh',
      payload: { refreshToken: token },
      remoteAddress,
      headers: { 'user-agent': userAgent },
    })
    t.equal(answer.statusCode, 200)
    return answer.json()
  }
  const list = async (accessToken: string) => {
    const answer = await app.inject({ url: '/auth/sessions', headers: { authorization: `Bearer ${accessToken}` } })
    return answer.json().items
  }
  return { events, advance, refreshToken, session, user, refresh, list }
}

for (const [title, attacker, reason] of [
  ['from another network', { ...owner, remoteAddress: '198.51.100.9' }, 'other_network'],
  ['with another user agent', { ...owner, userAgent: 'curl/8' }, 'other_user_agent'],
  [
    'from another network with another user agent',
    { remoteAddress: '2001:db8::9', userAgent: 'curl/8' },
    'other_client',
  ],
] as const) {
  t.test(`an attacker who repeats each refresh within the grace time ${title} causes an event each time`, async t => {
    const { events, advance, refreshToken, session, user, refresh, list } = await signedInApp(t)
    let token = refreshToken
    for (const _day of [1, 2, 3]) {
      advance(24 * 60 * 60)
      events.length = 0
      const successor = await refresh(token, owner)
      advance(5)
      const copy = await refresh(token, attacker)
      t.equal(copy.refreshToken, successor.refreshToken)
      const { remoteAddress: ip, userAgent } = attacker
      const about = { sessionId: session.id, userId: user.id }
      t.hasStrict(events, [
        { name: 'session_renewed', ...about, ip: owner.remoteAddress },
        { name: 'authn_token_repeat', reason, ...about, ip, userAgent },
      ])
      t.equal(events.length, 2)
      token = successor.refreshToken
      const [listed] = await list(successor.accessToken)
      t.hasStrict(listed, { ip: owner.remoteAddress, userAgent: owner.userAgent }, 'the list shows who has refreshed')
    }
  })
}

t.test('an attacker who refreshes first is detected when the owner repeats the refresh', async t => {
  const { events, refreshToken, refresh, list } = await signedInApp(t)
  const attacker = { remoteAddress: '198.51.100.9', userAgent: 'curl/8' }
  const { refreshToken: second } = await refresh(refreshToken, owner)
  const { accessToken } = await refresh(second, attacker)
  const [listed] = await list(accessToken)
  t.hasStrict(listed, { ip: attacker.remoteAddress, userAgent: attacker.userAgent })
  events.length = 0
  await refresh(second, owner)
  t.hasStrict(events, [{ name: 'authn_token_repeat', reason: 'other_client', ip: owner.remoteAddress }])
  t.equal(events.length, 1)
})

for (const [title, first, again] of [
  ['the same address', owner, owner],
  ['the same /24', owner, { ...owner, remoteAddress: '203.0.113.200' }],
  ['the same address as mapped IPv6', owner, { ...owner, remoteAddress: '::ffff:203.0.113.7' }],
  ['the same /48', ownerInIPv6, { ...owner, remoteAddress: '2001:db8:1:ffff::1' }],
  ['an address that cannot be read, as before', { userAgent: 'Phone/2.0' }, { userAgent: 'Phone/2.0' }],
] as const) {
  t.test(`an honest retry from ${title} is no event, even after the owner has moved since the sign-in`, async t => {
    const { events, refreshToken, refresh } = await signedInApp(t)
    await refresh(refreshToken, first)
    events.length = 0
    await refresh(refreshToken, again)
    t.strictSame(events, [])
  })
}
