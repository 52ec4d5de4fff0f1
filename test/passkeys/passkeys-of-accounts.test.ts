import t from 'tap'
import { memoryStorage } from '../../lib/engines/memory.js'
import { type FastAuthOptions, SignInRefusedError } from '../../lib/index.js'
import { createSoftwareAuthenticator, registerPasskey } from '../../lib/testing/index.js'
import { ada } from '../support/account.js'
import { origin, passkeyApplication, passkeys } from '../support/passkey-application.js'
import { noon } from '../support/protected-application.js'
import { refused } from '../support/refusal.js'
import { testApplication } from '../support/test-application.js'
import { deletingStorage } from './fixtures/deleting-storage.js'

const invalid = 'FAST_AUTH_PASSKEY_INVALID'

t.test('a disabled user learns it after a valid passkey only, and the challenge stays unused', async t => {
  const { app, use, signInWith, user, events } = await passkeyApplication(t)
  await app.fastAuth.disableUser(user.id)
  events.length = 0
  const credential = await use()
  const { userHandle: _, ...response } = credential.response
  refused(t, await signInWith({ ...credential, response }), 401, invalid)
  refused(t, await signInWith(credential), 403, 'FAST_AUTH_USER_DISABLED')
  t.hasStrict(events.at(-1), { name: 'authn_login_fail', reason: 'user_disabled', userId: user.id })
  await app.fastAuth.enableUser(user.id)
  t.equal((await signInWith(credential)).statusCode, 200)
})

t.test('a used challenge does not reveal that the user is disabled', async t => {
  const { app, use, signInWith, user } = await passkeyApplication(t)
  const credential = await use()
  await signInWith(credential)
  await app.fastAuth.disableUser(user.id)
  refused(t, await signInWith(credential), 401, invalid)
})

t.test('an address that must be confirmed by now is asked for after the passkey', async t => {
  const storage = memoryStorage()
  const before = await testApplication(t, { signedIn: true, options: { storage, passkeys } })
  const authenticator = createSoftwareAuthenticator()
  await registerPasskey(before, { authenticator, origin })
  const options = { storage, passkeys, requireEmailConfirmation: true }
  const { post, events } = await testApplication(t, { mail: true, options })
  const { challenge, rpId } = (await post('/sign-in/passkey/options', undefined)).json()
  const credential = authenticator.get({ challenge, rpId, timeout: 1, userVerification: 'required' }, { origin })
  const answer = await post('/sign-in/passkey', { credential, transport: 'token' })
  refused(t, answer, 403, 'FAST_AUTH_EMAIL_NOT_CONFIRMED')
  t.hasStrict(events, [{ name: 'authn_login_fail', reason: 'email_not_confirmed', userId: before.user.id }])
})

t.test('the application may refuse, after the passkey', async t => {
  const asked: string[] = []
  const beforeSignIn: NonNullable<FastAuthOptions['hooks']>['beforeSignIn'] = ({ user }) => {
    asked.push(user.email)
    throw new SignInRefusedError('Not today, please')
  }
  const { use, signInWith } = await passkeyApplication(t, { options: { hooks: { beforeSignIn } } })
  refused(t, await signInWith(await use({ overrides: { userHandle: null } })), 401, invalid)
  t.strictSame(asked, [])
  const credential = await use()
  refused(t, await signInWith(credential), 403, 'FAST_AUTH_SIGN_IN_REFUSED')
  refused(t, await signInWith(credential), 403, 'FAST_AUTH_SIGN_IN_REFUSED')
  t.strictSame(asked, [ada.email, ada.email])
})

t.test('a user who is deleted while the passkey is verified is not signed in', async t => {
  const storage = memoryStorage()
  const findByCredentialId: typeof storage.passkeys.findByCredentialId = async request => {
    const passkey = await storage.passkeys.findByCredentialId(request)
    if (passkey !== null) await storage.users.delete({ userId: passkey.userId, now: noon })
    return passkey
  }
  const options = { storage: { ...storage, passkeys: { ...storage.passkeys, findByCredentialId } } }
  const { signIn, events } = await passkeyApplication(t, { options })
  refused(t, await signIn(), 401, invalid)
  t.hasStrict(events, [{ name: 'authn_login_fail', reason: 'wrong_passkey', userId: null }])
})

t.test('a passkey that is deleted while it is verified signs no user in, and is no copy', async t => {
  const { armed, storage } = deletingStorage()
  const options = { storage }
  const { signIn, events, user } = await passkeyApplication(t, { options })
  armed.isArmed = true
  refused(t, await signIn(), 401, invalid)
  t.hasStrict(events, [{ name: 'authn_login_fail', reason: 'wrong_passkey', userId: user.id }])
  t.equal(events.length, 1)
})
