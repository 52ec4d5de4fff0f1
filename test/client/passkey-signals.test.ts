import t from 'tap'
import { ada, clientApp } from './fixtures/client-app.js'
import { passkeyBrowser, passkeys } from './fixtures/passkey-browser.js'
import { added, heard, signalApp, transport } from './fixtures/signal-app.js'

const { rpId } = passkeys
const accepted = 'signalAllAcceptedCredentials'
const unknown = 'signalUnknownCredential'
const described = 'signalCurrentUserDetails'

t.test(
  'after a registration, authenticators learn which passkeys are accepted, and how their owner is called',
  async t => {
    const { first, browser } = await signalApp(t)
    const { credentialId, userId } = await added(first, browser.authenticator)
    const details = { rpId, userId, name: ada.email, displayName: ada.email }
    t.same(await heard(browser, 2), [
      { name: described, signal: details },
      { name: accepted, signal: { rpId, userId, allAcceptedCredentialIds: [credentialId] } },
    ])
    await first.refreshSession()
    await first.updateMe({ username: 'ada' })
    t.same(await heard(browser, 1), [{ name: described, signal: { ...details, displayName: 'ada' } }])
  },
)

t.test('so does a list of the passkeys', async t => {
  const { first, browser, client } = await signalApp(t)
  const { credentialId, userId } = await added(first, browser.authenticator)
  await heard(browser, 2)
  const second = client({ transport })
  await second.signIn(ada)
  await second.listPasskeys()
  const signal = { rpId, userId, allAcceptedCredentialIds: [credentialId] }
  t.match(await heard(browser, 2), [{ name: described }, { name: accepted, signal }])
  await second.listPasskeys()
  t.same(await heard(browser, 1), [{ name: accepted, signal }], 'the same name is not signalled again')
})

t.test('the name of one user is not signalled for the passkeys of another', async t => {
  const { first, browser, client } = await signalApp(t)
  await added(first, browser.authenticator)
  await heard(browser, 2)
  const lists: (() => void)[] = []
  const second = client({
    transport,
    async fetch(input, init) {
      const response = await fetch(input, init)
      if (String(input).endsWith('/passkeys')) await new Promise<void>(resolve => lists.push(resolve))
      return response
    },
  })
  await second.signIn(ada)
  const listed = second.listPasskeys()
  while (lists.length === 0) await new Promise(setImmediate)
  await second.signUp({ ...ada, email: 'bob@example.com' })
  for (const release of lists) release()
  t.same((await listed).data?.items.length, 1)
  await second.updateMe({ username: 'bob' })
  t.match(await heard(browser, 1), [{ name: accepted }])
  t.same(browser.signals, [])
})

t.test('a deleted passkey is signalled as unknown, if it was listed before', async t => {
  const { first, browser } = await signalApp(t)
  const { id, credentialId } = await added(first, browser.authenticator)
  await heard(browser, 2)
  t.hasStrict(await first.deletePasskey({ id: '01890a5d-ac96-774b-bcce-b302099a8057' }), {
    error: { code: 'FAST_AUTH_PASSKEY_NOT_FOUND' },
  })
  t.equal((await first.deletePasskey({ id })).status, 204)
  t.same(await heard(browser, 1), [{ name: unknown, signal: { rpId, credentialId } }])
})

t.test('a passkey that was deleted without a list is not signalled', async t => {
  const { first, browser, client } = await signalApp(t)
  const { id } = await added(first, browser.authenticator)
  await heard(browser, 2)
  const second = client({ transport })
  await second.signIn(ada)
  t.equal((await second.deletePasskey({ id })).status, 204)
  t.same(browser.signals, [])
})

t.test('a new passkey that the server refuses is signalled as unknown', async t => {
  const { first, browser, advance } = await signalApp(t)
  browser.reactions.push('nothing')
  const registered = first.registerPasskey()
  await browser.pending('modal')
  advance(360)
  browser.pick()
  t.hasStrict(await registered, { error: { code: 'FAST_AUTH_PASSKEY_REGISTRATION_INVALID' } })
  const credentialId = browser.authenticator.credentials[0]?.credentialId
  t.same(await heard(browser, 1), [{ name: unknown, signal: { rpId, credentialId } }])
})

t.test('a passkey whose registration the network has repeated is not signalled as unknown', async t => {
  const browser = passkeyBrowser(t, { hasSignals: true })
  const app = await clientApp(t, { options: { passkeys } })
  const first = await app.signedUp({
    transport,
    async fetch(input, init) {
      if (String(input).endsWith('/passkeys') && init?.method === 'POST') await fetch(input, init)
      return fetch(input, init)
    },
  })
  t.hasStrict(await first.registerPasskey(), { error: { code: 'FAST_AUTH_PASSKEY_REGISTRATION_INVALID' } })
  t.match(await heard(browser, 2), [{ name: described }, { name: accepted }])
  t.same(browser.signals, [])
})

t.test('after a lost response, and without a list, nothing is signalled: the passkey may be stored', async t => {
  const browser = passkeyBrowser(t, { hasSignals: true })
  const app = await clientApp(t, { options: { passkeys } })
  const lost = ['/passkeys']
  const first = await app.signedUp({
    transport,
    async fetch(input, init) {
      const response = await fetch(input, init)
      if (lost.some(path => String(input).endsWith(path) && init?.method === 'POST')) throw new TypeError('lost')
      return response
    },
  })
  t.hasStrict(await first.registerPasskey(), { error: { code: 'NETWORK_FAILURE' } })
  t.equal((await first.listPasskeys()).data?.items.length, 1)
  t.same(
    (await heard(browser, 2)).map(({ name }) => name),
    [described, accepted],
  )
})

t.test('if the list cannot be read after a registration, nothing is signalled', async t => {
  const browser = passkeyBrowser(t, { hasSignals: true })
  const app = await clientApp(t, { options: { passkeys } })
  let asked = 0
  const first = await app.signedUp({
    transport,
    async fetch(input, init) {
      if (!String(input).endsWith('/passkeys') || init?.method !== 'GET') return fetch(input, init)
      asked += 1
      return new Response('', { status: 503 })
    },
  })
  t.equal((await first.registerPasskey()).status, 201)
  while (asked === 0) await new Promise(setImmediate)
  t.hasStrict(await first.listPasskeys(), { error: { statusCode: 503 } })
  t.same(browser.signals, [])
})

t.test('a cancelled registration signals nothing, and a later list does', async t => {
  const { first, browser } = await signalApp(t)
  await added(first, browser.authenticator)
  await heard(browser, 2)
  browser.reactions.push({ error: new DOMException('', 'NotAllowedError') })
  t.hasStrict(await first.registerPasskey(), { error: { code: 'PASSKEY_CANCELLED' } })
  t.same(browser.signals, [])
  await first.listPasskeys()
  t.match(await heard(browser, 1), [{ name: accepted }])
})
