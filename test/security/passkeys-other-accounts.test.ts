import { subtle } from 'node:crypto'
import t from 'tap'
import { setUpTotp } from '../../lib/testing/index.js'
import { noon } from '../support/protected-application.js'
import { refused } from '../support/refusal.js'
import { invalidBody, origin, passkeyWorld } from './fixtures/passkey-world.js'

const stranger = '3f0c4a52-8a53-4b21-9d8c-5f3a5d1f0c11'

t.test('a user neither lists, renames nor deletes a passkey of another (GHSA-4vcf-q4xf-f48m)', async t => {
  const { ada, ben, state, events } = await passkeyWorld(t)
  const before = await state()
  const { items } = (await ben.send('GET', '/passkeys')).json()
  t.strictSame(
    items.map(({ id }: { id: string }) => id),
    [ben.passkey.id],
  )
  const foreign = [ada.passkey.id, ada.passkey.id.toUpperCase(), stranger]
  const bodies = new Set<string>()
  for (const id of foreign) {
    const renamed = await ben.send('PATCH', `/passkeys/${id}`, { name: 'mine' })
    refused(t, renamed, 404, 'FAST_AUTH_PASSKEY_NOT_FOUND')
    const deleted = await ben.send('DELETE', `/passkeys/${id}`)
    refused(t, deleted, 404, 'FAST_AUTH_PASSKEY_NOT_FOUND')
    bodies.add(renamed.body).add(deleted.body)
  }
  t.equal(bodies.size, 1, 'the answer does not say whether the passkey exists')
  refused(t, await ben.send('DELETE', `/passkeys/${ada.passkey.credentialId}`), 400, 'FST_ERR_VALIDATION')
  t.strictSame([await state(), events], [before, []])
})

t.test('a body cannot name the owner of a new or renamed passkey', async t => {
  const { ada, ben, use } = await passkeyWorld(t)
  for (const field of ['userId', 'id', 'userHandle', 'user', 'counter']) {
    const credential = await use()
    const added = await ben.send('POST', '/passkeys', { credential, [field]: ada.id })
    refused(t, added, 400, 'FST_ERR_VALIDATION')
    const renamed = await ben.send('PATCH', `/passkeys/${ben.passkey.id}`, { name: 'x', [field]: ada.id })
    refused(t, renamed, 400, 'FST_ERR_VALIDATION')
  }
})

t.test('a user who is disabled learns so only after a valid signature, and gets no session', async t => {
  const { ada, app, use, signIn, refusesUse, storage, events } = await passkeyWorld(t)
  await app.fastAuth.disableUser(ada.id)
  events.length = 0
  const credential = await use()
  const signature = `${credential.response.signature.slice(0, -4)}AAAA`
  await refusesUse(t, { ...credential, response: { ...credential.response, signature } }, 'a wrong signature')
  await refusesUse(t, await use({ overrides: { userHandle: null } }), 'no user handle')
  refused(t, await signIn(credential), 403, 'FAST_AUTH_USER_DISABLED')
  refused(t, await signIn(credential), 403, 'FAST_AUTH_USER_DISABLED')
  t.equal((await storage.sessions.list({ userId: ada.id, now: 0, limit: 9, offset: 0 })).total, 0)
  t.notOk(events.some(({ name }) => name === 'authn_login_success'))
  await app.fastAuth.enableUser(ada.id)
  t.equal((await signIn(credential)).statusCode, 200, 'the refusal has not spent the challenge')
})

t.test('a passkey of a user who was deleted is refused as an unknown one', async t => {
  const { ada, app, use, signIn, refusesUse } = await passkeyWorld(t)
  const credential = await use()
  await app.fastAuth.deleteUser(ada.id)
  await refusesUse(t, credential, 'a use from before')
  await refusesUse(t, await use(), 'a use from after')
  t.equal((await signIn(credential)).body, invalidBody)
})

t.test('a user who is deleted while the signature is verified gets no session', async t => {
  const { ada, app, use, signIn, storage } = await passkeyWorld(t)
  const { find } = storage.users
  const deletions: Promise<unknown>[] = []
  for (const credential of [await use(), await use()]) {
    const answer = signIn(credential)
    deletions.push(app.fastAuth.deleteUser(ada.id))
    const { statusCode, body } = await answer
    t.ok(statusCode === 200 || body === invalidBody, body)
  }
  await Promise.all(deletions)
  t.equal(await find({ userId: ada.id }), null)
  t.equal((await storage.sessions.list({ userId: ada.id, now: 0, limit: 9, offset: 0 })).total, 0)
})

t.test('a passkey of another user completes no half-finished sign-in, and stays good for its owner', async t => {
  const { ada, ben, post, requestOptions, signIn } = await passkeyWorld(t)
  await setUpTotp(ada, { at: noon })
  const { email, password } = ada
  const waiting = await post('/sign-in', { email, password, transport: 'token' })
  t.equal(waiting.statusCode, 202)
  const { signInToken, methods } = waiting.json()
  t.ok(methods.includes('passkey'))
  const ofBen = ben.authenticator.get(await requestOptions(), { origin })
  const answer = await post('/sign-in/second-factor', { signInToken, credential: ofBen })
  refused(t, answer, 401, 'FAST_AUTH_SECOND_FACTOR_INVALID')
  const disguised = { ...ofBen, id: ada.passkey.credentialId, rawId: ada.passkey.credentialId }
  const second = await post('/sign-in/second-factor', { signInToken, credential: disguised })
  t.equal(second.body, answer.body)
  t.equal((await signIn(ofBen)).json().user.id, ben.id, 'the attempt has not spent the challenge')
  const own = ada.authenticator.get(await requestOptions(), { origin })
  const completed = await post('/sign-in/second-factor', { signInToken, credential: own })
  t.equal(completed.json().user.id, ada.id)
})

t.test('a passkey of another user proves no session', async t => {
  const { ada, ben, requestOptions, advance, signIn } = await passkeyWorld(t)
  advance(301)
  const credential = ben.authenticator.get(await requestOptions(), { origin })
  refused(t, await ada.send('POST', '/reauthenticate', { credential }), 401, 'FAST_AUTH_SECOND_FACTOR_INVALID')
  refused(t, await ada.send('POST', '/passkeys/options'), 403, 'FAST_AUTH_RECENT_SIGN_IN_REQUIRED')
  t.equal((await signIn(credential)).json().user.id, ben.id)
})

t.test(
  'the passkey of an attacker is not sent into the browser of a victim from another site (login CSRF)',
  async t => {
    const { use, post, asked, state } = await passkeyWorld(t)
    const credential = await use()
    const before = await state()
    asked()
    for (const headers of [
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { origin: 'https://evil.example' },
      { origin: 'null' },
    ])
      for (const body of [{ credential, transport: 'cookie' }, { credential }]) {
        const answer = await post('/sign-in/passkey', body, headers)
        refused(t, answer, 403, 'FAST_AUTH_CROSS_SITE_REQUEST')
      }
    const session = { cookie: '__Host-access_token=x', 'sec-fetch-site': 'cross-site' }
    refused(
      t,
      await post('/sign-in/passkey', { credential, transport: 'token' }, session),
      403,
      'FAST_AUTH_CROSS_SITE_REQUEST',
    )
    t.strictSame([asked(), await state()], [[], before])
    t.equal((await post('/sign-in/passkey', { credential }, { 'sec-fetch-site': 'same-origin' })).statusCode, 200)
  },
)

t.test('an unknown passkey takes the work of a known one: as many verifications and storage calls', async t => {
  const { use, signIn, asked, ben, app } = await passkeyWorld(t)
  const work = async (credential: object) => {
    asked()
    const verified = t.capture(subtle, 'verify', subtle.verify.bind(subtle))
    const imported = t.capture(subtle, 'importKey', subtle.importKey.bind(subtle))
    const { body, headers } = await signIn(credential)
    const counted = [verified().length, imported().length]
    verified.restore()
    imported.restore()
    const { date, ...others } = headers
    t.ok(date)
    return { counted, calls: asked(), body, headers: others }
  }
  const known = await use()
  const { response } = known
  const signature = `${response.signature.slice(0, -4)}AAAA`
  const ofKnown = await work({ ...known, response: { ...response, signature } })
  t.strictSame(ofKnown.counted, [1, 1])
  t.strictSame(ofKnown.calls, ['passkeys.findByCredentialId'])
  t.strictSame(await work({ ...known, id: 'AAAA', rawId: 'AAAA' }), ofKnown, 'an unknown one')
  t.strictSame(await work({ ...known, id: ben.passkey.credentialId, rawId: ben.passkey.credentialId }), ofKnown)
  t.strictSame(await work({ ...known, response: { ...response, userHandle: 'AAAA' } }), ofKnown, 'another user handle')
  await app.fastAuth.disableUser(ben.id)
  t.strictSame(await work({ ...known, id: ben.passkey.credentialId, rawId: ben.passkey.credentialId }), ofKnown)
})
