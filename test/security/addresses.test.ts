import t, { type Test } from 'tap'
import { ada, bearer, signUpForTokens } from '../support/account.js'
import { hashCalls } from '../support/hash-calls.js'
import { refused } from '../support/refusal.js'
import { testApplication } from '../support/test-application.js'

const { password } = ada
const endpoints = ['/sign-up', '/sign-in', '/email/confirm/send', '/password/forgot', '/email/change'] as const
const takesPassword = ['/sign-up', '/sign-in', '/email/change']

const notOneAddress = {
  'a line feed and a header': 'ada@example.com\nBcc: eve@example.com',
  'a carriage return and a header': 'ada@example.com\r\nBcc: eve@example.com',
  'a header before the address': 'Bcc: eve@example.com\r\nada@example.com',
  'a lone carriage return': 'ada\r@example.com',
  'a Unicode line separator': 'ada@example.com\u2028Bcc: eve@example.com',
  'a tab': 'ada\t@example.com',
  'U+0000': 'ada@example.com\0eve@example.com',
  'two addresses with a comma': 'ada@example.com,eve@example.com',
  'two addresses with a semicolon': 'ada@example.com;eve@example.com',
  'two addresses with a blank': 'ada@example.com eve@example.com',
  'a quoted local part': '"ada"@example.com',
  'a quoted local part with an address in it': '"ada@example.com,eve"@example.com',
  'a display name': 'Ada <ada@example.com>',
  'a comment': 'ada(eve)@example.com',
  'a route': '@eve.example,@example.com:ada@example.com',
  'two at signs': 'ada@example.com@eve.example',
  'an encoded at sign': 'ada@eve.example%40example.com',
  'an IP address': 'ada@[127.0.0.1]',
  'a Cyrillic a in the local part': '\u0430da@example.com',
  'a Kelvin sign in the local part': '\u212Aate@example.com',
  'a Turkish İ in the local part': '\u0130da@example.com',
  'a zero-width space': 'ada\u200b@example.com',
  'ten kilobytes': `${'a'.repeat(10_000)}@example.com`,
  'ten kilobytes of labels': `ada@${'a.'.repeat(5_000)}com`,
} as const

async function signedInApp(t: Test) {
  const tested = await testApplication(t, { mail: true })
  const { accessToken } = await signUpForTokens(tested.app)
  await tested.mailbox.waitForMessage(ada.email)
  tested.asked()
  tested.events.length = 0
  const send = (path: string, email: unknown) => {
    const body = takesPassword.includes(path) ? { email, password } : { email }
    return tested.post(path, body, path === '/email/change' ? bearer(accessToken) : {})
  }
  return { ...tested, send }
}

for (const path of endpoints) {
  t.test(`${path} takes one plain address and nothing else, unhashed, unstored and unmailed`, async t => {
    const { app, mailbox, asked, events, send } = await signedInApp(t)
    const hashes = hashCalls(t)
    for (const [what, email] of Object.entries(notOneAddress)) {
      const answer = await send(path, email)
      refused(t, answer, 400, 'FST_ERR_VALIDATION')
      t.equal(answer.json().validation[0].instancePath, '/email', what)
      t.notMatch(answer.body, /eve|Bcc/, what)
    }
    for (const email of [undefined, null, 5, [ada.email], [ada.email, 'eve@example.com'], { email: ada.email }]) {
      refused(t, await send(path, email), 400, 'FST_ERR_VALIDATION')
    }
    t.strictSame([asked(), events, hashes()], [[], [], []])
    await app.close()
    t.equal(mailbox.messages.length, 1)
  })
}

const canonical = [
  ['ADA@EXAMPLE.COM', 'ada@example.com'],
  ['ada@ｅｘａｍｐｌｅ.com', 'ada@example.com'],
  ['ada@example。com', 'ada@example.com'],
  ['ada@\u212Aelvin.example', 'ada@kelvin.example'],
  ['ada@\u0130.com', 'ada@xn--i-9bb.com'],
  ['ada@BÜCHER.example', 'ada@xn--bcher-kva.example'],
] as const

t.test('mail goes to the canonical address, with any spelling in the request', async t => {
  for (const [typed, email] of canonical) {
    const { app, post, mailbox } = await testApplication(t, { mail: true })
    const answer = await post('/sign-up', { email: typed, password })
    t.equal(answer.json().user.email, email)
    await post('/password/forgot', { email: typed })
    await app.close()
    t.strictSame(
      mailbox.messages.map(({ to }) => to),
      [email, email],
      typed,
    )
  }
})

t.test('an address that only looks like the one of an account is another one', async t => {
  const { app, mailbox, send } = await signedInApp(t)
  for (const lookalike of ['ada@ex\u0430mple.com', 'ada@example.co', 'ada+x@example.com', 'a.da@example.com']) {
    t.equal((await send('/password/forgot', lookalike)).statusCode, 202)
    t.equal((await send('/email/confirm/send', lookalike)).statusCode, 202)
    refused(t, await send('/sign-in', lookalike), 401, 'FAST_AUTH_INVALID_CREDENTIALS')
  }
  await app.close()
  t.equal(mailbox.messages.length, 1)
})
