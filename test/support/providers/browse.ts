import { CookieJar } from 'tough-cookie'

/** The values of the fields of the form on a page. */
function fieldsIn(page: string): URLSearchParams {
  const inputs = page.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"\s*\/?>/g)
  return new URLSearchParams(
    [...inputs].map(([, name = '', value = '']): [string, string] => [name, value.replaceAll('&amp;', '&')]),
  )
}

/**
 * Follows redirects with cookies, as a browser does, until one leads to the application or a page has a form for it. Returns the
 * parameters of the callback.
 */
export async function browse(start: URL, callback: string): Promise<URLSearchParams> {
  const jar = new CookieJar()
  let url = start.href
  while (!url.startsWith(callback)) {
    const headers = { cookie: await jar.getCookieString(url) }
    const response = await fetch(url, { redirect: 'manual', headers })
    for (const cookie of response.headers.getSetCookie()) await jar.setCookie(cookie, url)
    const page = await response.text()
    const location = response.headers.get('location')
    if (location === null) {
      if (page.includes(`action="${callback}"`)) return fieldsIn(page)
      throw new Error(`${response.status} ${url}: ${page}`)
    }
    url = new URL(location, url).href
  }
  return new URL(url).searchParams
}
