import type { StoredAuthEvent } from 'fast-auth'

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Escapes HTML: a client can send any text as its user agent. */
function escaped(text: string): string {
  return text.replace(/[&<>"']/g, character => entities[character] ?? '')
}

function row({ at, name, reason, ip, userAgent }: StoredAuthEvent): string {
  const cells = [at, name, reason ?? '', ip ?? '', userAgent ?? '']
  return `<tr>${cells.map(cell => `<td>${escaped(cell)}</td>`).join('')}</tr>`
}

/** Returns a page with the events of an account, for its owner. */
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
