import { createHash } from 'node:crypto'
import { escapeHtml } from '../email/escape-html.js'
import { documentHead } from './document-head.js'
import { script } from './script.js'
import { style } from './style.js'

/** A document that is the same for everybody: nothing that a visitor sends is ever put into it. */
export interface Page {
  readonly html: string
  readonly contentSecurityPolicy: string
}

/** What a page says, in plain text. */
export interface PageContent {
  readonly appName: string
  readonly title: string
  readonly introduction: string
  /** HTML of our own that stands between the introduction and the button. */
  readonly fields: string
  readonly button: string
  /** What the person reads when it has worked. */
  readonly success: string
}

function sourceHash(code: string): string {
  return `'sha256-${createHash('sha256').update(code).digest('base64')}'`
}

/** Its own code and its own style, its own server to talk to, and nothing else (Content Security Policy Level 3). */
const contentSecurityPolicy = [
  "default-src 'none'",
  `script-src ${sourceHash(script)}`,
  `style-src ${sourceHash(style)}`,
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** A page with one form, which does nothing until a person submits it. */
export function createPage({ appName, title, introduction, fields, button, success }: PageContent): Page {
  const [name, heading, text, label, done] = [appName, title, introduction, button, success].map(escapeHtml)
  const html = `${documentHead(`${title} – ${appName}`)}
<style>${style}</style>
</head>
<body>
<main>
<p class="app">${name}</p>
<h1>${heading}</h1>
<form data-success="${done}">
<p>${text}</p>
${fields}<button type="submit">${label}</button>
</form>
<p id="status" role="status" tabindex="-1"></p>
<noscript><p class="failure">This page needs JavaScript to send your answer. Please turn it on and open the link again.</p></noscript>
</main>
<script>${script}</script>
</body>
</html>
`
  return { html, contentSecurityPolicy }
}
