import t, { type Test } from 'tap'
import { createSoftwareAuthenticator } from '../../lib/testing/index.js'
import { ada } from './fixtures/client-app.js'
import { passkeyBrowser } from './fixtures/passkey-browser.js'
import { added, heard, signalApp, transport } from './fixtures/signal-app.js'

const accepted = 'signalAllAcceptedCredentials'

/** Ada, who has one passkey and adds another with a phone. The responses to her lists wait until they are released. */
async function addingWithPhone(t: Test) {
  const { first, browser, client } = await signalApp(t)
  await added(first, browser.authenticator)
  await heard(browser, 2)
  const lists: (() => void)[] = []
  const adding = client({
    transport,
    async fetch(input, init) {
      const response = await fetch(input, init)
      if (init?.method === 'GET') await new Promise<void>(resolve => lists.push(resolve))
      return response
    },
  })
  await adding.signIn(ada)
  const phone = passkeyBrowser(t, { hasSignals: true, authenticator: createSoftwareAuthenticator() })
  phone.reactions.push('nothing')
  return {
    adding,
    phone,
    async release() {
      while (lists.length === 0) await new Promise(setImmediate)
      lists.shift()?.()
    },
    async lastAccepted() {
      while (!phone.signals.some(({ name }) => name === accepted)) await new Promise(setImmediate)
      return phone.signals.findLast(({ name }) => name === accepted)?.signal
    },
  }
}

const both = { allAcceptedCredentialIds: [String, String] }

t.test('a list that was requested before a registration does not hide the new passkey', async t => {
  const { adding, phone, release, lastAccepted } = await addingWithPhone(t)
  const listed = adding.listPasskeys()
  const registered = adding.registerPasskey()
  await phone.pending('modal')
  phone.pick()
  t.equal((await registered).status, 201)
  await release()
  t.equal((await listed).data?.items.length, 1)
  t.notOk(phone.signals.some(({ name }) => name === accepted))
  await release()
  t.match(await lastAccepted(), both)
})

t.test('a list that is read during a registration does not hide the new passkey', async t => {
  const { adding, phone, release, lastAccepted } = await addingWithPhone(t)
  const registered = adding.registerPasskey()
  await phone.pending('modal')
  const listed = adding.listPasskeys()
  await release()
  t.equal((await listed).data?.items.length, 1)
  t.notOk(phone.signals.some(({ name }) => name === accepted))
  phone.pick()
  t.equal((await registered).status, 201)
  await release()
  t.match(await lastAccepted(), both)
})

t.test(
  'a list that was requested during a registration, and comes after it, does not hide the new passkey',
  async t => {
    const { adding, phone, release, lastAccepted } = await addingWithPhone(t)
    const registered = adding.registerPasskey()
    await phone.pending('modal')
    const listed = adding.listPasskeys()
    phone.pick()
    t.equal((await registered).status, 201)
    await release()
    t.equal((await listed).data?.items.length, 1)
    t.notOk(phone.signals.some(({ name }) => name === accepted))
    await release()
    t.match(await lastAccepted(), both)
  },
)
