import fc from 'fast-check'
import t from 'tap'
import { messageTemplates } from '../../lib/mail/templates/index.js'

const link = 'https://app.example.com/auth/password/reset#token=abc-DEF_123'
const expiresAt = Date.UTC(2026, 2, 14, 15, 30, 59)
const input = {
  code: 'K7QM-3X9D',
  to: 'ada@example.com',
  appName: 'Orchard',
  link,
  expiresAt,
  organizationName: 'Analytical Engines',
  role: 'member',
}
const kinds = Object.keys(messageTemplates) as (keyof typeof messageTemplates)[]
const linkKinds = ['confirmEmail', 'resetPassword', 'changeEmail'] as const

/** Removes tags and style, and decodes entities: the text that the recipient reads. */
function visible(html: string): string {
  const body = html.slice(html.indexOf('<body'))
  return body
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ')
}

for (const kind of kinds) {
  const { subject, text, html } = messageTemplates[kind](input)

  t.test(`${kind}: the subject is one short line that names the application`, async t => {
    t.match(subject, /Orchard/)
    t.notMatch(subject, /[\r\n]/)
    t.ok(subject.length <= 60, subject)
  })

  t.test(`${kind}: both forms name the application and say what to do if the recipient did not ask for it`, async t => {
    for (const form of [text, visible(html)]) {
      t.match(form, /Orchard/)
      t.match(form, /If (it wasn’t you|you can’t explain it|you do not know the organisation), /)
    }
  })

  t.test(`${kind}: the HTML says all that the text says`, async t => {
    for (const block of text.split(/\n+/).filter(line => line !== '' && !line.endsWith(':'))) {
      t.ok(visible(html).includes(block), block)
    }
  })

  t.test(`${kind}: the HTML asks for nothing from outside, runs nothing, and has light and dark colours`, async t => {
    t.notMatch(html, /src=|url\(|@import|<script|<link|<img|\son\w+=/i)
    t.match(html, /<meta name="color-scheme" content="light dark">/)
    t.match(html, /prefers-color-scheme: dark/)
    t.same(
      [...html.matchAll(/href="([^"]*)"/g)].map(([, href]) => href).filter(href => href !== link),
      [],
    )
  })

  t.test(`${kind}: nothing in the HTML is wider than a small screen`, async t => {
    const widths = [...html.matchAll(/[^-]width[:=]"?(\d+)(px|%)?/g)].map(([, size, unit]) => `${size}${unit}`)
    t.ok(
      widths.every(width => width === '100%'),
      widths.join(),
    )
    t.match(html, /overflow-wrap:anywhere/)
  })
}

for (const kind of linkKinds) {
  t.test(`${kind}: the link stands alone on a line of the text, and twice in the HTML, once to be read`, async t => {
    const { text, html } = messageTemplates[kind](input)
    t.ok(text.split('\n').includes(link))
    t.equal(html.split(`href="${link}"`).length, 3)
    t.ok(html.includes(`>${link}</a>`))
  })

  t.test(`${kind}: says until when the link works`, async t => {
    t.match(messageTemplates[kind](input).text, 'The link works once, until 14 March 2026, 15:30 UTC.')
  })
}

t.test('a message to an existing user asks them to sign in, and names the way to reset the password', async t => {
  const { text } = messageTemplates.addressTaken(input)
  t.match(text, /Sign in with it\..*“Forgot password”/)
})

t.test('no name of the application and no link adds a tag or attribute to a message', async () => {
  const hostile = fc.string({
    unit: fc.constantFrom('<', '>', '"', "'", '&', 'b', ' ', '/', '=', '<script>', '" onclick="'),
  })
  const structure = (html: string) => html.replace(/"[^"]*"/g, '""').match(/<[^>]*>/g)
  fc.assert(
    fc.property(fc.constantFrom(...kinds), hostile, hostile, (kind, appName, tail) => {
      const given = { ...input, appName, to: `${tail}@example.com`, link: `https://a.example/${tail}` }
      const { html } = messageTemplates[kind](given)
      return JSON.stringify(structure(html)) === JSON.stringify(structure(messageTemplates[kind](input).html))
    }),
  )
})
