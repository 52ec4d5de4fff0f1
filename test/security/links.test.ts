import t from 'tap'
import { linksIn } from '../../lib/testing/index.js'
import { ada, bearer, signUpForTokens } from '../support/account.js'
import { testApplication } from '../support/test-application.js'
import { publicUrl } from '../support/test-mail.js'

const spoofed = {
  host: 'evil.example',
  origin: 'https://app.example.com',
  'x-forwarded-host': 'evil.example',
  'x-forwarded-proto': 'http',
  'x-forwarded-port': '8080',
  'x-forwarded-prefix': '/evil',
  'x-original-url': 'https://evil.example/',
  forwarded: 'host=evil.example;proto=http',
  referer: 'https://evil.example/',
}

t.test('no header of a request gets into a message, though the application trusts its proxy', async t => {
  const { app, mailbox, post } = await testApplication(t, { mail: true, server: { trustProxy: true } })
  const { password } = ada
  const { accessToken } = await signUpForTokens(app, { email: 'ben@example.com', password })
  await post('/sign-up', ada, spoofed)
  await post('/email/confirm/send', { email: ada.email }, spoofed)
  await post('/password/forgot', { email: ada.email }, spoofed)
  await post('/email/change', { email: 'new@example.com', password }, { ...bearer(accessToken), ...spoofed })
  await app.close()
  t.equal(mailbox.messages.length, 6)
  for (const message of mailbox.messages) {
    t.notMatch(JSON.stringify(message), /evil|8080|http:/)
    for (const link of linksIn(message)) t.ok(link.startsWith(`${publicUrl}/auth/`), link)
  }
})

t.test('a field for a link is not known', async t => {
  const { post } = await testApplication(t, { mail: true })
  for (const field of ['redirectTo', 'url', 'origin', 'callbackUrl']) {
    const answer = await post('/password/forgot', { email: ada.email, [field]: 'https://evil.example' })
    t.strictSame([answer.statusCode, answer.json().code], [400, 'FST_ERR_VALIDATION'])
  }
})
