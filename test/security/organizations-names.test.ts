import t from 'tap'
import { smtpSender } from '../../lib/mail/index.js'
import { linksIn } from '../../lib/testing/index.js'
import { startMailServer } from '../mail/mail-server.js'
import { refused } from '../support/refusal.js'
import { publicUrl } from '../support/test-mail.js'
import { expected, organizationWorld } from './fixtures/organization-world.js'

const deadline = () => AbortSignal.timeout(10_000)

/** Names that the application accepts, since they are only text. */
const hostile = [
  '</title><script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  `'"&amp;&lt;script&gt;`,
  '<a href="//evil.example">Click</a>',
  '=?utf-8?B?QmNjOiBldmVAZXhhbXBsZS5jb20=?=',
  '=?utf-8?Q?a=0D=0ABcc:_eve@example?=',
  '%0d%0aBcc: eve@example.com',
  '\\r\\nBcc: eve@example.com',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: It must stay as it is.
  '{{constructor}} ${7*7} <%= 7*7 %>',
  'Ünïcode 日本 \u{1d4b3} \u{1f469}\u200d\u{1f52c}',
  'RCPT TO:<eve@example.com>',
  'Booking.com',
  'Release 1.2.3: the S.p.A. & Co., v2.0/final',
  'Design@Scale',
  'Big Data: Berlin',
  'SMS: alerts, Tel: support',
  'Node.js and/or Booking.com, A/B',
  '.',
]

/** Names that it refuses. */
const refusable: readonly unknown[] = [
  ...[
    'a\rb',
    'a\nb',
    'a\r\nBcc: eve@example.com',
    'a\u0000b',
    'a\u0007b',
    'a\u007fb',
    'a\u0085b',
    'a\tb',
    'a\u001b[2Jb',
  ],
  ...['a\u2028b', 'a\u2029b', 'a\u202eb', 'a\u202ab', 'a\u2066b', 'a\u2069b', 'a\u200eb', 'a\u200fb', 'a\u061cb'],
  ...['', '   ', '\u00a0\u3000', '\ufeff', 'a\ud800b', '\udc00', 'x'.repeat(101), '\u{1f469}'.repeat(101)],
  ...[
    'https://evil.example/#token=x',
    'Click HTTPS://evil.example',
    '<a href="http://evil.example">',
    'ftp://evil.example',
    'Account locked: www.evil.example',
    'WWW.evil.example',
    'Sign in at evil.example/verify',
    ...['evil.example?login', 'evil.example:443', 'evil.example#x', 'evil.example\\x', 'evil.xn--p1ai/login'],
    ...['198.51.100.7', 'http:/evil.example', 'http:\\\\evil.example', 'mailto:eve', 'tel:+15550100', 'SMS:123'],
    ...['evil\u3002example/x', 'evil\uff0eexample\uff0fx'],
    ...['ww\u200bw.evil.example', 'evil.ex\u200bample/x', 'h\u00adttps:evil.example'],
  ],
  ...['\u200b', '\u2060\u00ad', '\u3164', '\u2800', '\u200d\ufe0f'],
  ...[null, 7, true, [], ['a'], {}, { toString: 'a' }],
]

t.test('a name with control characters, line breaks, marks of direction or links is refused', async t => {
  const { olga, path, state } = await organizationWorld(t)
  const before = await state()
  for (const name of refusable)
    for (const answer of [
      await olga.send('POST', '/organizations', { name }),
      await olga.send('PATCH', path, { name }),
    ])
      refused(t, answer, 400, 'FST_ERR_VALIDATION')
  t.strictSame(await state(), before)
  t.equal((await olga.send('GET', '/organizations')).json().items.length, 1)
})

t.test('a name stays text in the message of an invitation: no HTML, no header, no recipient', async t => {
  const { olga, path, mailbox } = await organizationWorld(t)
  const server = await startMailServer()
  const sender = smtpSender({ url: server.url })
  t.teardown(async () => {
    await sender.close?.()
    await server.close()
  })
  for (const [index, name] of hostile.entries()) {
    expected(await olga.send('PATCH', path, { name }), 200)
    const email = `guest-${index}@example.com`
    expected(await olga.send('POST', `${path}/invitations`, { email, role: 'member' }), 202)
    const message = await mailbox.waitForMessage(email)
    await sender.send(message, deadline())
    const received = server.received.at(-1)
    t.strictSame(received?.recipients, [email])
    const { subject, text = '', html = '', headers = [], to } = received?.mail ?? {}
    t.strictSame(to, [{ name: '', address: email }])
    t.equal(subject, message.subject, 'the subject arrives as it was written')
    t.ok(subject?.includes(`“${name}”`), String(subject))
    t.notOk(headers.some(({ key }) => key === 'bcc' || key === 'cc'))
    t.ok(text.includes(`“${name}”`))
    t.notMatch(html, /<script|<img|<a href="\/\/evil|onerror=[^&]*>/i)
    for (const link of linksIn({ text: text.replaceAll(`“${name}”`, '') }))
      t.ok(link.startsWith(`${publicUrl}/auth/`), link)
    const hrefs = html.match(/href="[^"]*"/g) ?? []
    t.ok(hrefs.length > 0)
    for (const href of hrefs) t.ok(href.startsWith(`href="${publicUrl}/auth/invitations/accept#token=`), href)
  }
  t.equal(server.received.length, hostile.length)
})

t.test('a quotation mark in a name does not end the quotation of the message', async t => {
  const { olga, path, mailbox } = await organizationWorld(t)
  expected(await olga.send('PATCH', path, { name: 'x” at Bank. Call 555 0100. „Engines“' }), 200)
  expected(await olga.send('POST', `${path}/invitations`, { email: 'guest@example.com', role: 'member' }), 202)
  const { subject, text } = await mailbox.waitForMessage('guest@example.com')
  const quoted = '“x" at Bank. Call 555 0100. "Engines"”'
  t.match(subject, `You are invited to ${quoted} at `)
  t.match(text, `A member of the organisation ${quoted} at `)
})

t.test('a name comes back in JSON as it was given', async t => {
  const { olga, path, organizationId, invite, post } = await organizationWorld(t)
  for (const [index, name] of hostile.entries()) {
    expected(await olga.send('PATCH', path, { name: `  ${name} ` }), 200)
    const { token } = await invite(olga, organizationId, `guest-${index}@example.com`)
    const answer = expected(await post('/invitations/preview', { token }), 200)
    t.match(answer.headers['content-type'], /^application\/json/)
    t.equal(answer.headers['x-content-type-options'], 'nosniff')
    t.equal(answer.json().organizationName, name)
  }
})

t.test('the name of a role is no text of a member: own roles have plain names only', async t => {
  for (const role of ['Billing', '<b>', 'a b', 'a\nb', '1st', '', '__proto__x\u202e', 'owner', 'x'.repeat(41)])
    await t.rejects(organizationWorld(t, { options: { organizations: { roles: { [role]: { like: 'admin' } } } } }), {
      code: 'FAST_AUTH_OPTION_INVALID',
    })
  for (const like of ['owner', 'billing', 'constructor', '', null])
    await t.rejects(
      organizationWorld(t, { options: { organizations: { roles: { billing: { like: like as 'admin' } } } } }),
      { code: 'FAST_AUTH_OPTION_INVALID' },
    )
})
