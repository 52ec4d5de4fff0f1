import t from 'tap'
import { memorySender } from '../../lib/mail/index.js'
import { setUpTotp, signInUser, signInWithMailedCode, tokenIn } from '../../lib/testing/index.js'
import { message } from '../mail/message.js'
import { ada } from '../support/account.js'
import { codeApplication, stranger } from '../support/code-application.js'
import { noon } from '../support/protected-application.js'

t.test('a user signs in with the code of the message, with tokens and with cookies', async t => {
  const { app, mailbox, user } = await codeApplication(t)
  const withTokens = await signInWithMailedCode(app, { email: ada.email, mailbox })
  t.type(withTokens.refreshToken, 'string')
  t.notOk('password' in withTokens)
  t.equal(withTokens.user.id, user.id)
  t.equal((await withTokens.inject('/auth/me')).statusCode, 200)
  const browser = await signInWithMailedCode(app, { email: ada.email, mailbox, transport: 'cookie' })
  t.notOk('accessToken' in browser || 'password' in browser)
  t.equal((await browser.inject('/auth/me')).json().user.email, ada.email)
})

t.test('a new address signs up in the same way, written in any case', async t => {
  const { app, mailbox } = await codeApplication(t, { options: { emailSignIn: { signUp: true } } })
  const ben = await signInWithMailedCode(app, { email: 'Ben@Example.com', mailbox })
  t.strictSame([ben.email, ben.user.email], ['Ben@Example.com', stranger])
})

t.test('another prefix is used', async t => {
  const prefix = '/accounts'
  const { app, mailbox } = await codeApplication(t, { options: { prefix } })
  const signedIn = await signInWithMailedCode(app, { email: ada.email, mailbox, prefix })
  t.equal((await signedIn.inject(`${prefix}/me`)).statusCode, 200)
})

t.test('an application that answers with cookies is asked for tokens', async t => {
  const { app, mailbox } = await codeApplication(t, { options: { transport: 'cookie' } })
  t.type((await signInWithMailedCode(app, { email: ada.email, mailbox })).accessToken, 'string')
})

t.test('a refused request rejects with status and code', async t => {
  const { app, mailbox } = await codeApplication(t)
  await t.rejects(signInWithMailedCode(app, { email: 'none', mailbox }), {
    message: /^requestSignInCode answered 400: FST_ERR_VALIDATION/,
  })
})

t.test('a refused code rejects with status and code, and without the mailed code', async t => {
  const { app } = await codeApplication(t)
  const mailbox = memorySender()
  const text = 'https://app.example.com/auth/sign-in/email#token=77777777'
  await mailbox.send({ ...message, to: ada.email, text }, AbortSignal.abort())
  const refusal = await signInWithMailedCode(app, { email: ada.email, mailbox }).catch(error => error)
  t.match(refusal.message, /^signInWithCode answered 401: FAST_AUTH_SIGN_IN_CODE_INVALID: /)
  t.notMatch(refusal.message, tokenIn({ ...message, text }))
})

t.test('a user with a second factor rejects, with the status', async t => {
  const { app, mailbox } = await codeApplication(t, { options: { secondFactor: 'offered' } })
  await setUpTotp(await signInUser(app, ada), { at: noon })
  await mailbox.waitForMessage(ada.email)
  await t.rejects(signInWithMailedCode(app, { email: ada.email, mailbox }), {
    message: 'signInWithCode answered 202',
  })
})
