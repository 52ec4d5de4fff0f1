import t from 'tap'
import { acceptedReturnTo, returnUrl } from '../../lib/features/providers/accepted-return-to.js'
import { ben, providerApplication } from '../support/provider-application.js'
import { refused } from '../support/refusal.js'
import { publicUrl } from '../support/test-mail.js'

const places = {
  ownOrigin: publicUrl,
  origins: new Set([publicUrl, 'https://www.example.com', 'capacitor://localhost', 'http://localhost:5173']),
}

for (const [returnTo, url] of [
  ['/', `${publicUrl}/`],
  ['/account?tab=keys&lang=de', `${publicUrl}/account?tab=keys&lang=de`],
  ['/a/../b', `${publicUrl}/b`],
  ['/%2f%2fevil.example', `${publicUrl}/%2f%2fevil.example`],
  ['/.//evil.example', `${publicUrl}//evil.example`],
  ['/@evil.example', `${publicUrl}/@evil.example`],
  ['https://app.example.com', `${publicUrl}/`],
  ['https:app.example.com', `${publicUrl}/`],
  ['HTTPS://WWW.example.com/next', 'https://www.example.com/next'],
  ['https://www.example.com:443/next', 'https://www.example.com/next'],
  ['http://localhost:5173/', 'http://localhost:5173/'],
  ['capacitor://localhost/account', 'capacitor://localhost/account'],
] as const) {
  t.test(`${returnTo} is accepted`, async t => {
    t.equal(returnUrl(places, returnTo), url)
    t.equal(acceptedReturnTo(places, returnTo), url)
  })
}

for (const returnTo of [
  '',
  'account',
  '#account',
  '/account#tab',
  '//evil.example',
  '/\\evil.example',
  '\\/evil.example',
  '/\t/evil.example',
  '/ /evil.example',
  '/b\u00fccher',
  'https://evil.example/',
  'https://app.example.com.evil.example/',
  'https://app.example.com:8443/',
  'http://app.example.com/',
  'https://user@app.example.com/',
  'https://:secret@app.example.com/',
  'javascript:alert(1)',
  'data:text/html,x',
  'https://',
]) {
  t.test(`${JSON.stringify(returnTo)} is refused`, async t => {
    t.equal(returnUrl(places, returnTo), null)
    t.throws(() => acceptedReturnTo(places, returnTo), { code: 'FST_ERR_VALIDATION', message: /returnTo/ })
  })
}

t.test('a sign-in and a link return to a page of a trusted origin, and to no other', async t => {
  const options = { trustedOrigins: ['https://www.example.com'] }
  const { ada, browser } = await providerApplication(t, { options })
  const own = browser()
  const answer = await own.signIn(ben, { returnTo: 'https://www.example.com/welcome' })
  t.equal(answer.headers.location, 'https://www.example.com/welcome')
  const hers = await ada()
  for (const path of ['/sign-in/acme', '/identities/acme/link'])
    refused(t, await hers.post(path, { returnTo: 'https://evil.example/' }), 400, 'FST_ERR_VALIDATION')
})

t.test('without returnTo, the browser is at the page of the option', async t => {
  const options = { identities: { returnTo: '/home' } }
  const { browser } = await providerApplication(t, { options })
  t.equal((await browser().signIn()).headers.location, `${publicUrl}/home`)
})
