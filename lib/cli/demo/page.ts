import type { TokenMode } from '../../../schemas/sessions/token-mode.js'
import { documentHead } from '../../features/email/pages/document-head.js'
import { escapeHtml } from '../../mail/escape-html.js'
import type { NamedRole } from './named-roles.js'

/** What the script has to know of the server. */
export interface ScriptSettings {
  readonly tokenMode: TokenMode
  readonly secondFactor: 'off' | 'offered' | 'required'
  readonly hasPasskeys: boolean
  readonly hasMailedCodes: boolean
  /** The roles in organisations; empty if there are no organisations. */
  readonly roles: readonly NamedRole[]
  readonly providers: readonly { readonly name: string; readonly displayName: string }[]
}

export interface PageSettings {
  /** The path of PUBLIC_URL without a trailing slash: the prefix that a proxy strips. */
  readonly basePath: string
  readonly title: string
  /** Trusted HTML for the body. */
  readonly content: string
  readonly hasMailbox: boolean
  /** The settings of the script, if the page has one. */
  readonly script?: ScriptSettings
}

/** The icon, as a data URL. */
const icon =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Crect width='16' height='16' rx='4' fill='%231f5fbf'/%3E%3Cpath d='M5 8.2 7.2 10.4 11.2 5.8' stroke='%23fff' stroke-width='1.8' fill='none'/%3E%3C/svg%3E"

/** Allows only scripts, styles and requests of the same origin (Content Security Policy Level 3). */
export const pagePolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"

/** Returns the HTML document of a page of the server. */
export function page({ basePath, title, content, hasMailbox, script }: PageSettings): string {
  const base = escapeHtml(basePath)
  const mailbox = hasMailbox ? `<a href="${base}/dev/mail">Mailbox</a>` : ''
  const scriptData =
    script === undefined
      ? ''
      : ` data-auth-url="${base}/auth" data-token-mode="${script.tokenMode}" data-second-factor="${script.secondFactor}" data-passkeys="${script.hasPasskeys ? 'on' : 'off'}" data-mailed-codes="${script.hasMailedCodes ? 'on' : 'off'}" data-roles="${escapeHtml(JSON.stringify(script.roles))}" data-providers="${escapeHtml(JSON.stringify(script.providers))}"`
  return `${documentHead(title)}
<link rel="icon" href="${icon}">
<link rel="stylesheet" href="${base}/assets/style.css">
</head>
<body${scriptData}>
<header><div>
<nav aria-label="Pages"><a class="brand" href="${base}/">fast-auth</a><a href="${base}/docs">API</a>${mailbox}</nav>
<div id="who"></div>
</div></header>
${content}
${script === undefined ? '' : `<script type="module" src="${base}/assets/demo/main.js"></script>\n`}</body>
</html>
`
}
