import type { StoredAuthEvent } from 'fast-auth'

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** A client can send any user agent: it must not become markup. */
function escaped(text: string): string {
  return text.replace(/[&<>"']/g, character => entities[character] ?? '')
}

function row({ at, name, reason, ip, userAgent }: StoredAuthEvent): string {
  const cells = [at, name, reason ?? '', ip ?? '', userAgent ?? '']
  return `<tr>${cells.map(cell => `<td>${escaped(cell)}</td>`).join('')}</tr>`
}

/** What has happened to an account, as a page for its owner. */
export function auditPage(events: readonly StoredAuthEvent[]): string {
  return `<!doctype html>
<html lang="en">
<title>Your account’s history</title>
<h1>Your account’s history</h1>
<table>
<thead><tr><th>When</th><th>What</th><th>Why</th><th>From</th><th>With</th></tr></thead>
<tbody>
${events.map(row).join('\n')}
</tbody>
</table>
</html>`
}
