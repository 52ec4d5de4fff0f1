import fc from 'fast-check'
import t from 'tap'
import { escapeHtml } from '../../lib/mail/escape-html.js'

function unescaped(html: string): string {
  const characters: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" }
  return html.replace(/&([a-z]+|#39);/g, (_, name: string) => characters[name] ?? '?')
}

t.test('no text opens a tag, ends an attribute or begins an entity', async () => {
  const unit = fc.constantFrom('&', '<', '>', '"', "'", 'a', ';', '#', '/', 'lt', '&amp;')
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit }), fc.string({ unit: 'binary' })), text => {
      const html = escapeHtml(text)
      return !/[<>"']/.test(html) && unescaped(html) === text
    }),
  )
})

t.test('text without special characters stays as it is', async t => {
  t.equal(escapeHtml('Zoë & Ada`s „Bücher“'), 'Zoë &amp; Ada`s „Bücher“')
})
