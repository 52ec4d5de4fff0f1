import t, { type Test } from 'tap'
import { resolveOptions } from '../../lib/composition/options/resolve-options.js'
import { memoryStorage } from '../../lib/engines/memory.js'
import { memorySender } from '../../lib/mail/index.js'
import { bootRefusal } from '../support/boot-refusal.js'
import { secret } from '../support/secret.js'

const publicUrl = 'https://app.example.com'
const sender = memorySender()
const email = { sender, from: 'Example <accounts@example.com>' }
const least = { secrets: [secret], storage: memoryStorage(), publicUrl, email }

function refused(t: Test, options: object, message: string): void {
  t.same(bootRefusal({ ...least, ...options }), { code: 'FAST_AUTH_OPTION_INVALID', message }, message)
}

function resolvedEmail(options: object) {
  return resolveOptions({ ...least, ...options }, { isProduction: false }).email
}

t.test('a sender and its address are enough: links live a day, password links an hour', async t => {
  const settled = resolvedEmail({})
  t.strictSame(settled, { ...email, publicUrl, confirmationLifetimeSeconds: 86_400, resetLifetimeSeconds: 3600 })
})

t.test('without the option there is no e-mail, with any other options', async t => {
  t.equal(resolvedEmail({ email: undefined }), null)
  t.equal(resolvedEmail({ email: undefined, pages: false, requireEmailConfirmation: false }), null)
})

t.test('given options replace the defaults', async t => {
  const given = {
    ...email,
    appName: 'Orchard',
    messages: { resetPassword: () => ({ subject: '', text: '', html: '' }) },
    links: { confirmEmail: 'https://www.example.com/welcome?lang=en' },
    confirmationLifetimeSeconds: 300,
    resetLifetimeSeconds: 86_400,
  }
  t.strictSame(resolvedEmail({ email: given }), { ...given, publicUrl })
  for (const [name, bounds] of Object.entries({
    confirmationLifetimeSeconds: [300, 604_800],
    resetLifetimeSeconds: [300, 86_400],
  })) {
    for (const value of bounds) t.hasStrict(resolvedEmail({ email: { ...email, [name]: value } }), { [name]: value })
  }
})

t.test('an e-mail option that is undefined is one that was left out', async t => {
  const names = ['appName', 'messages', 'links', 'confirmationLifetimeSeconds', 'resetLifetimeSeconds']
  const absent = Object.fromEntries(names.map(name => [name, undefined]))
  t.strictSame(resolvedEmail({ email: { ...email, ...absent } }), resolvedEmail({}))
  const wording = { confirmEmail: undefined }
  t.hasStrict(resolvedEmail({ email: { ...email, messages: wording, links: wording } }), { messages: wording })
})

t.test('e-mail needs a public URL, for its links', async t => {
  refused(t, { publicUrl: undefined }, 'The option "email" of fast-auth needs "publicUrl": links are made from it')
})

t.test('a confirmation cannot be required without a sender', async t => {
  const message = 'The option "requireEmailConfirmation" of fast-auth needs the option "email"'
  refused(t, { email: undefined, requireEmailConfirmation: true }, message)
})

t.test('the sender must be something that sends', async t => {
  const message =
    'The option "email.sender" of fast-auth must be a sender, such as smtpSender({ url }) from "fast-auth/email"'
  for (const wrong of [null, 5, 'smtp://localhost', [], {}, { send: true }, () => {}]) {
    refused(t, { email: { ...email, sender: wrong } }, message)
  }
  const missing =
    'The option "email.sender" of fast-auth is missing: it must be a sender, such as smtpSender({ url }) from "fast-auth/email"'
  refused(t, { email: { from: email.from } }, missing)
})

t.test('an object with a send of its class is a sender', async t => {
  class Sender {
    async send() {}
  }
  t.equal(bootRefusal({ ...least, email: { ...email, sender: new Sender() } }), null)
})

t.test('the address of the sender must be one, on one line', async t => {
  const message = 'The option "email.from" of fast-auth must be an address such as Example <accounts@example.com>'
  const wrong = [
    '',
    'accounts',
    'a@b\r\nBcc: eve@example.com',
    'Bcc: x\r\n a@example.com',
    'a@',
    `${'a'.repeat(320)}@b`,
    null,
    5,
  ]
  for (const from of wrong) refused(t, { email: { ...email, from } }, message)
  for (const from of ['accounts@example.com', 'Example <accounts@example.com>']) {
    t.hasStrict(resolvedEmail({ email: { ...email, from } }), { from })
  }
})

t.test('e-mail options must be what they are', async t => {
  const mustBe = (name: string, what: string) => `The option "${name}" of fast-auth must be ${what}`
  for (const value of [null, true, 'smtp://localhost', []])
    refused(t, { email: value }, mustBe('email', 'of type object'))
  for (const value of ['yes', 1, null]) {
    refused(t, { pages: value }, mustBe('pages', 'true or false'))
    refused(t, { requireEmailConfirmation: value }, mustBe('requireEmailConfirmation', 'true or false'))
  }
  for (const appName of ['', 'x'.repeat(101), null, 5]) {
    refused(t, { email: { ...email, appName } }, mustBe('email.appName', 'text of 1 to 100 characters'))
  }
  for (const value of [299, 604_801, 300.5, '300', null, Number.NaN]) {
    const option = { ...email, confirmationLifetimeSeconds: value }
    refused(t, { email: option }, mustBe('email.confirmationLifetimeSeconds', 'a whole number from 300 to 604800'))
  }
  for (const value of [299, 86_401, 300.5, '300', null]) {
    const option = { ...email, resetLifetimeSeconds: value }
    refused(t, { email: option }, mustBe('email.resetLifetimeSeconds', 'a whole number from 300 to 86400'))
  }
})

t.test('an e-mail option that is not known stops the boot', async t => {
  refused(t, { email: { ...email, smtp: true } }, 'fast-auth has no option "email.smtp"')
  refused(t, { email: { ...email, links: { signUp: publicUrl } } }, 'fast-auth has no option "email.links.signUp"')
  for (const kind of ['welcome', 'toString']) {
    const option = { ...email, messages: { [kind]: () => {} } }
    refused(t, { email: option }, `fast-auth has no option "email.messages.${kind}"`)
  }
})

t.test('own words are functions', async t => {
  for (const wording of ['Hello', null, 5, {}]) {
    const option = { ...email, messages: { addressTaken: wording } }
    refused(t, { email: option }, 'The option "email.messages.addressTaken" of fast-auth must be a function')
  }
})

t.test('a link leads to an http or https URL without a fragment', async t => {
  const be = 'an http or https URL without a fragment, such as https://app.example.com/welcome'
  for (const purpose of ['confirmEmail', 'resetPassword', 'changeEmail']) {
    for (const url of [
      '',
      '/welcome',
      'app.example.com',
      'ftp://a.example',
      'javascript:alert(1)',
      'https://a.example/#x',
      'https://a.example/ x',
      'https://',
      null,
    ]) {
      const option = { ...email, links: { [purpose]: url } }
      refused(t, { email: option }, `The option "email.links.${purpose}" of fast-auth must be ${be}`)
    }
  }
})

t.test('an application without pages has to set all three links', async t => {
  const message =
    'The option "pages" of fast-auth is false, so "email.links" must say where confirmEmail, resetPassword and changeEmail lead'
  const links = { confirmEmail: publicUrl, resetPassword: publicUrl, changeEmail: publicUrl }
  refused(t, { pages: false }, message)
  for (const purpose of Object.keys(links)) {
    refused(t, { pages: false, email: { ...email, links: { ...links, [purpose]: undefined } } }, message)
  }
  t.equal(bootRefusal({ ...least, pages: false, email: { ...email, links } }), null)
})
