import { createHash } from 'node:crypto'
import t from 'tap'
import { createPages } from '../../lib/features/email/pages/index.js'

const pages = Object.entries(createPages({ appName: 'Example' }))

t.test('each page allows its own code and style, by their hashes, and nothing else', async t => {
  for (const [purpose, { html, contentSecurityPolicy }] of pages) {
    for (const tag of ['script', 'style']) {
      const blocks = [...html.matchAll(new RegExp(`<${tag}>([^]*?)</${tag}>`, 'g'))].map(match => match[1] ?? '')
      t.equal(blocks.length, 1, `${purpose} has one ${tag}`)
      const hash = createHash('sha256').update(blocks.join('')).digest('base64')
      t.ok(contentSecurityPolicy.includes(`${tag}-src 'sha256-${hash}';`), `${purpose} allows its ${tag}`)
    }
    for (const directive of ["default-src 'none'", "frame-ancestors 'none'"])
      t.ok(contentSecurityPolicy.split('; ').includes(directive), directive)
  }
})

t.test('no page has inline styles, inline handlers or anything from elsewhere', async t => {
  for (const [purpose, { html }] of pages) {
    t.notMatch(html, /\son\w+=|\sstyle=|javascript:|https?:\/\/|src=|<link|<img/i, purpose)
  }
})

t.test('the name of an application is text, whatever it holds', async t => {
  const { confirmEmail } = createPages({ appName: `<script>alert(1)</script> "&'` })
  t.notMatch(confirmEmail.html, '<script>alert')
  t.match(confirmEmail.html, '&lt;script&gt;alert(1)&lt;/script&gt; &quot;&amp;&#39;')
})
