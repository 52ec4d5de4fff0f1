import { createHash } from 'node:crypto'
import { escapeHtml } from '../../../mail/escape-html.js'
import { documentHead } from './document-head.js'
import { style } from './style.js'

/** A document that is the same for every visitor. It never contains input of a visitor. */
export interface Page {
  readonly html: string
  readonly contentSecurityPolicy: string
}

/** The content of a page, as plain text. */
export interface PageContent {
  readonly appName: string
  readonly title: string
  readonly introduction: string
  /** Trusted HTML between the introduction and the button. */
  readonly fields: string
  readonly button: string
  /** Trusted HTML behind the button. */
  readonly further?: string
  /** The text that the user sees after success. */
  readonly success: string
  /** The text that the user sees if the server waits for something else. */
  readonly waiting?: string
  /** Trusted: see `pageScript`. */
  readonly script: string
}

function sourceHash(code: string): string {
  return `'sha256-${createHash('sha256').update(code).digest('base64')}'`
}

/** Allows only the inline code and style of the page and requests to its server (Content Security Policy Level 3). */
function policyFor(script: string): string {
  return [
    "default-src 'none'",
    `script-src ${sourceHash(script)}`,
    `style-src ${sourceHash(style)}`,
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}

/** Returns a page with one form, which does nothing until the user submits it. */
export function createPage(content: PageContent): Page {
  const { appName, title, introduction, fields, button, success, waiting = '', further = '', script } = content
  const [name, heading, text, label, done, wait] = [appName, title, introduction, button, success, waiting].map(
    escapeHtml,
  )
  const html = `${documentHead(`${title} – ${appName}`)}
<style>${style}</style>
</head>
<body>
<main>
<p class="app">${name}</p>
<h1>${heading}</h1>
<form data-success="${done}"${waiting === '' ? '' : ` data-waiting="${wait}"`}>
<p>${text}</p>
${fields}<button type="submit">${label}</button>
${further}</form>
<p id="status" role="status" tabindex="-1"></p>
<noscript><p class="failure">This page needs JavaScript to send the form. Please enable it and open the link again.</p></noscript>
</main>
<script>${script}</script>
</body>
</html>
`
  return { html, contentSecurityPolicy: policyFor(script) }
}
