import { Type } from '@sinclair/typebox'
import t, { type Test } from 'tap'
import { resolveOptions } from '../../lib/composition/options/resolve-options.js'
import { memoryStorage } from '../../lib/engines/memory.js'
import { memorySender } from '../../lib/mail/index.js'
import { bootRefusal } from '../support/boot-refusal.js'
import { secret } from '../support/secret.js'
import { testApplication } from '../support/test-application.js'

const publicUrl = 'https://app.example.com'
const email = { sender: memorySender(), from: 'Example <accounts@example.com>' }
const least = { secrets: [secret], storage: memoryStorage(), publicUrl, email }

function refused(t: Test, options: object, message: string): void {
  t.same(bootRefusal({ ...least, ...options }), { code: 'FAST_AUTH_OPTION_INVALID', message }, message)
}

function resolved(options: object) {
  return resolveOptions({ ...least, ...options }, { isProduction: false }).emailSignIn
}

t.test('without the option no codes are mailed', async t => {
  t.equal(resolved({}), null)
  t.equal(resolved({ emailSignIn: undefined }), null)
})

t.test('an empty option is enough: codes sign in, and create no accounts', async t => {
  t.strictSame(resolved({ emailSignIn: {} }), { signUp: false })
  t.strictSame(resolved({ emailSignIn: { signUp: undefined } }), { signUp: false })
  t.strictSame(resolved({ emailSignIn: { signUp: true } }), { signUp: true })
})

t.test('mailed codes need a sender', async t => {
  const message = 'The option "emailSignIn" of fast-auth needs the option "email"'
  refused(t, { emailSignIn: {}, email: undefined }, message)
  refused(t, { emailSignIn: { signUp: true }, email: undefined }, message)
})

t.test('a code creates no user without a required profile field', async t => {
  const profileSchema = Type.Object({ nickname: Type.Optional(Type.String()), name: Type.String() })
  refused(
    t,
    { emailSignIn: { signUp: true }, profileSchema },
    'The option "emailSignIn.signUp" of fast-auth creates users without a profile, so "profileSchema" must not require "name": make it Type.Optional',
  )
  t.strictSame(resolved({ emailSignIn: {}, profileSchema }), { signUp: false }, 'users sign up in another way')
  const optional = Type.Object({ name: Type.Optional(Type.String()) })
  t.strictSame(resolved({ emailSignIn: { signUp: true }, profileSchema: optional }), { signUp: true })
})

t.test('without the pages of fast-auth, the link must lead to a page of the application', async t => {
  const links = {
    confirmEmail: 'https://www.example.com/welcome',
    resetPassword: 'https://www.example.com/password',
    changeEmail: 'https://www.example.com/address',
  }
  refused(
    t,
    { emailSignIn: {}, pages: false, email: { ...email, links } },
    'The option "pages" of fast-auth is false, so "email.links" must say where confirmEmail, resetPassword, changeEmail and signIn lead',
  )
  const withSignIn = { ...email, links: { ...links, signIn: 'https://www.example.com/sign-in' } }
  t.strictSame(resolved({ emailSignIn: {}, pages: false, email: withSignIn }), { signUp: false })
  t.equal(resolved({ pages: false, email: { ...email, links } }), null)
})

for (const [emailSignIn, message] of [
  [{ codeLength: 6 }, 'fast-auth has no option "emailSignIn.codeLength"'],
  [{ signUp: 'yes' }, 'The option "emailSignIn.signUp" of fast-auth must be true or false'],
  [true, 'The option "emailSignIn" of fast-auth must be of type object'],
  [null, 'The option "emailSignIn" of fast-auth must be of type object'],
] as const) {
  t.test(`${JSON.stringify(emailSignIn)} is refused by name`, async t => refused(t, { emailSignIn }, message))
}

t.test('a link that is no URL is refused by name', async t => {
  for (const signIn of ['/sign-in', 'https://www.example.com/#sign-in', 'javascript:alert(1)'])
    refused(
      t,
      { emailSignIn: {}, email: { ...email, links: { signIn } } },
      'The option "email.links.signIn" of fast-auth must be an http or https URL without a fragment, such as https://app.example.com/welcome',
    )
})

t.test('a storage that lacks the methods stops the registration only if codes are mailed', async t => {
  const { signInCodes: _, ...storage } = memoryStorage()
  const options = { storage: storage as ReturnType<typeof memoryStorage> }
  await t.resolves(testApplication(t, { mail: true, options }))
  const incomplete = { code: 'FAST_AUTH_STORAGE_INCOMPLETE', message: /lacks signInCodes\.issue/ }
  await t.rejects(testApplication(t, { mail: true, options: { ...options, emailSignIn: {} } }), incomplete)
})
