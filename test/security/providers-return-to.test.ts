import t from 'tap'
import { ben, fragmentOf, providerApplication } from '../support/provider-application.js'
import { refused } from '../support/refusal.js'
import { publicUrl } from '../support/test-mail.js'

const trusted = 'https://admin.example.com:8443'

/** Forms that browsers and servers read differently, or that lead to another site. */
const elsewhere = [
  '//evil.example',
  '///evil.example',
  '////evil.example/x',
  '/\\evil.example',
  '\\\\evil.example',
  '\\/evil.example',
  '/\t/evil.example',
  '\t//evil.example',
  '/\n/evil.example',
  '/\r\n/evil.example',
  ' //evil.example',
  '/\u0000/evil.example',
  '/\u00a0/evil.example',
  '/\u2028/evil.example',
  'evil.example',
  'account',
  '?x=1',
  '#x',
  '/account#x',
  `${publicUrl}/#x`,
  'https://evil.example',
  'https:evil.example',
  'https:/evil.example',
  'https:///evil.example',
  'https:\\\\evil.example',
  'HTTPS://EVIL.EXAMPLE',
  `${publicUrl}.evil.example/`,
  `${publicUrl}@evil.example/`,
  `${publicUrl}:443@evil.example/`,
  `${publicUrl}:8443/`,
  `https://user@app.example.com/`,
  `https://user:password@app.example.com/`,
  `https://:@evil.example/`,
  `${publicUrl.replace('https', 'http')}/`,
  `${publicUrl.replace('//', '//x.')}/`,
  `${publicUrl}./`,
  `${publicUrl}%2eevil.example/`,
  `${publicUrl}%00.evil.example/`,
  `${publicUrl}\\.evil.example/`,
  'https://app\u3002example\u3002com/',
  'https://app\uff0eexample\uff0ecom/',
  'https://\u0430pp.example.com/',
  'https://app.example.com\uff0fevil.example/',
  'https://xn--pp-7kc.example.com/',
  'https://admin.example.com/',
  'https://admin.example.com:8444/',
  'javascript:alert(1)',
  'JavaScript:alert(1)',
  'java\tscript:alert(1)',
  `javascript://app.example.com/%0aalert(1)`,
  'data:text/html,x',
  `blob:${publicUrl}/x`,
  'vbscript:x',
  'file:///etc/passwd',
  'about:blank',
  'capacitor://localhost',
  'x'.repeat(1900),
]

/** What stays on our pages, and where the browser goes. */
const ours: Readonly<Record<string, string>> = {
  '/': '/',
  '/account': '/account',
  '/account?next=//evil.example&x=1': '/account?next=//evil.example&x=1',
  '/%2f%2fevil.example': '/%2f%2fevil.example',
  '/%5cevil.example': '/%5cevil.example',
  '/%09/evil.example': '/%09/evil.example',
  '/.//evil.example': '//evil.example',
  '/..//evil.example': '//evil.example',
  '/@evil.example': '/@evil.example',
  '/:80': '/:80',
  '/javascript:alert(1)': '/javascript:alert(1)',
  [`${publicUrl}/deep/page`]: '/deep/page',
  [`${publicUrl}:443/x`]: '/x',
  'HTTPS://APP.EXAMPLE.COM/x': '/x',
}

const options = { trustedOrigins: [trusted] }

t.test('a sign-in that would return elsewhere is refused, before it begins', async t => {
  const { post, provider, asked } = await providerApplication(t, { options })
  asked()
  const wrong: string[] = []
  for (const returnTo of elsewhere) {
    const answer = await post('/sign-in/acme', { returnTo })
    if (answer.json().validation?.[0]?.instancePath !== '/returnTo') wrong.push(returnTo)
    refused(t, answer, 400, 'FST_ERR_VALIDATION')
  }
  t.strictSame(wrong, [])
  t.strictSame([asked(), provider.server.requests], [[], []])
})

t.test('a link that would return elsewhere is refused, before it begins', async t => {
  const { ada, provider } = await providerApplication(t, { options })
  const hers = await ada()
  for (const returnTo of elsewhere)
    refused(t, await hers.post('/identities/acme/link', { returnTo }), 400, 'FST_ERR_VALIDATION')
  t.strictSame(provider.server.requests, [])
})

t.test('an application that would return elsewhere by default does not start', async t => {
  for (const returnTo of elsewhere) {
    const application = providerApplication(t, { options: { ...options, identities: { returnTo } } })
    await t.rejects(application, { code: 'FAST_AUTH_OPTION_INVALID' })
  }
})

t.test('a sign-in that may return to a page ends at our own, as the table says', async t => {
  for (const [returnTo, place] of Object.entries(ours)) {
    const { browser } = await providerApplication(t, { options })
    const answer = await browser().signIn(ben, { returnTo })
    const { origin } = new URL(String(answer.headers.location), 'https://other.example')
    t.equal(origin, publicUrl)
    t.equal(answer.headers.location, `${publicUrl}${place}`)
  }
})

t.test('a sign-in may return to a trusted origin', async t => {
  const { browser } = await providerApplication(t, { options })
  const answer = await browser().signIn(ben, { returnTo: `${trusted}/deep?x=1` })
  t.equal(answer.headers.location, `${trusted}/deep?x=1`)
})

t.test('the parameters of a callback do not change where the browser returns', async t => {
  const { browser, provider } = await providerApplication(t, { options })
  const own = browser()
  const parameters = provider.approve(await own.start({ returnTo: '/account' }), ben)
  for (const name of ['returnTo', 'return_to', 'redirect_uri', 'next', 'error_uri', 'url'])
    parameters.set(name, 'https://evil.example')
  t.equal((await own.callback(parameters)).headers.location, `${publicUrl}/account`)
})

t.test('a callback of no known flow returns to the page of the options, whatever it says', async t => {
  const { browser } = await providerApplication(t, { options: { ...options, identities: { returnTo: '/welcome' } } })
  const parameters = new URLSearchParams({ code: 'x', state: '//evil.example', returnTo: '//evil.example' })
  const answer = await browser().callback(parameters)
  t.equal(String(answer.headers.location).split('#')[0], `${publicUrl}/welcome`)
  t.strictSame(fragmentOf(answer), { error: 'FAST_AUTH_PROVIDER_FLOW_INVALID' })
})

t.test('the error of a provider is not repeated in the redirect', async t => {
  const { browser, provider } = await providerApplication(t, { options })
  const own = browser()
  const parameters = provider.deny(await own.start())
  parameters.set('error', '<script>alert(1)</script>')
  parameters.set('error_description', 'Call +49 30 1234 at //evil.example\r\nset-cookie: x=1')
  const answer = await own.callback(parameters)
  t.equal(answer.headers.location, `${publicUrl}/#error=FAST_AUTH_PROVIDER_ANSWER_INVALID`)
  t.equal(answer.headers['set-cookie'], undefined)
})

t.test('the form of a provider leads to our own callback, whatever its fields contain', async t => {
  const { app } = await providerApplication(t, { options, provider: { responseMode: 'form_post' } })
  const headers = { 'content-type': 'application/x-www-form-urlencoded', origin: 'https://acme.example' }
  for (const value of ['//evil.example', 'x\r\nset-cookie: a=b', '#fragment', '&state=y', '\u3002', '__proto__']) {
    const payload = new URLSearchParams({ code: value, state: 'x', [value]: 'y' }).toString()
    const answer = await app.inject({ method: 'POST', url: '/auth/providers/acme/callback', payload, headers })
    t.equal(answer.statusCode, 303, value)
    const url = new URL(String(answer.headers.location), publicUrl)
    t.equal(`${url.origin}${url.pathname}`, `${publicUrl}/auth/providers/acme/callback`, value)
    t.equal(url.searchParams.get('code'), value)
    t.equal(answer.headers['set-cookie'], undefined)
  }
})
