/** Schemes whose pages, if there are any, have the origin `null` or that of another scheme. */
const schemesWithoutPages: ReadonlySet<string> = new Set([
  'about:',
  'blob:',
  'data:',
  'file:',
  'ftp:',
  'javascript:',
  'ws:',
  'wss:',
])

/**
 * Returns the origin of the pages at `url` as browsers write it in the header `Origin`, or `null` if they have none.
 * `URL.origin` is "null" for every scheme except those of the web: the pages of native shells and browser extensions
 * still have origins, such as `capacitor://localhost` and `chrome-extension://abcdefghijklmnopabcdefghijklmnop`.
 */
export function serialisedOrigin(url: string): string | null {
  if (!URL.canParse(url)) return null
  const { protocol, host } = new URL(url)
  return host === '' || schemesWithoutPages.has(protocol) ? null : `${protocol}//${host.toLowerCase()}`
}

/** Returns whether `text` is only an origin of pages: no user, path, query, fragment or wildcard. */
export function isOrigin(text: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\/[^\s/?#@*]+$/i.test(text) && serialisedOrigin(text) !== null
}
