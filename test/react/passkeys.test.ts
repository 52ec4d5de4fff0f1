import { createElement } from 'react'
import { renderToString } from 'react-dom/server'
import t, { type Test } from 'tap'
import { AuthProvider, type PasskeysState, usePasskeys, useSession, useSignIn } from '../../lib/react/index.js'
import { totpCode } from '../../lib/testing/index.js'
import { ada, clientApp } from '../client/fixtures/client-app.js'
import { passkeyBrowser, passkeys } from '../client/fixtures/passkey-browser.js'
import { acted, rendered, until } from './rendered.js'

const transport = 'token'

/** An application and a browser, and Ada, who has a passkey in it. */
async function withPasskey(t: Test) {
  const browser = passkeyBrowser(t)
  const app = await clientApp(t, { options: { passkeys } })
  const first = await app.signedUp({ transport })
  const { data, error } = await first.registerPasskey()
  if (error !== undefined) throw error
  browser.requests.length = 0
  return { ...app, browser, first, id: data.id }
}

const withAutofill = () => useSignIn({ autofill: true })

t.test('a component follows the passkeys of the user, while they are added, renamed and deleted', async t => {
  passkeyBrowser(t)
  const { signedUp } = await clientApp(t, { options: { passkeys } })
  const client = await signedUp({ transport })
  const state: () => PasskeysState = await rendered(t, client, usePasskeys)
  await until(() => state().passkeys !== null)
  t.same(state().passkeys, [])
  await acted(() => state().registerPasskey({ name: 'Laptop' }))
  await until(() => state().passkeys?.length === 1)
  const id = state().passkeys?.[0]?.id ?? ''
  await acted(() => state().renamePasskey({ id, name: 'Old laptop' }))
  await until(() => state().passkeys?.[0]?.name === 'Old laptop')
  await acted(() => state().deletePasskey({ id }))
  await until(() => state().passkeys?.length === 0)
  await acted(() => client.signOut())
  t.equal(state().passkeys, null)
})

t.test('no render has another user, or none, with the passkeys of the former one', async t => {
  const { first } = await withPasskey(t)
  const state = await rendered(t, first, () => ({ user: useSession().user, ...usePasskeys() }))
  await until(() => state().passkeys?.length === 1)
  await acted(() => first.signUp({ ...ada, email: 'ben@example.com' }))
  await until(() => state().passkeys?.length === 0)
  await acted(() => first.signOut())
  const wrong = state.all.filter(({ user, passkeys }) => passkeys?.length === 1 && user?.email !== ada.email)
  t.same(wrong, [])
  t.notOk(state.all.some(({ user, passkeys }) => user === null && passkeys !== null))
})

t.test('the user picks a passkey in the autofill of the form', async t => {
  const { client, browser } = await withPasskey(t)
  const made = client({ transport })
  await rendered(t, made, withAutofill)
  await browser.pending('conditional')
  await acted(() => browser.pick())
  await until(() => made.session.status === 'signed-in')
})

t.test('without the setting, there is no autofill, and a button signs in', async t => {
  const { client, browser } = await withPasskey(t)
  const made = client({ transport })
  const steps = await rendered(t, made, useSignIn)
  await acted(() => steps().signInWithPasskey())
  t.equal(made.session.status, 'signed-in')
  t.same(browser.requests, ['get'])
})

t.test('after a dialog that the user closes, the autofill offers passkeys again', async t => {
  const { client, browser } = await withPasskey(t)
  const made = client({ transport })
  const steps = await rendered(t, made, withAutofill)
  await browser.pending('conditional')
  browser.reactions.push({ error: new DOMException('', 'NotAllowedError') })
  await acted(async () => t.hasStrict(await steps().signInWithPasskey(), { error: { code: 'PASSKEY_CANCELLED' } }))
  t.equal(steps().autofillError, null)
  await browser.pending('conditional')
  await acted(() => browser.pick())
  await until(() => made.session.status === 'signed-in')
})

t.test(
  'a passkey that the server refuses is an error, and the user can pick another, or give the password',
  async t => {
    const { client, browser, first, id } = await withPasskey(t)
    await first.deletePasskey({ id })
    const made = client({ transport })
    const steps = await rendered(t, made, withAutofill)
    await browser.pending('conditional')
    await acted(() => browser.pick())
    await until(() => steps().autofillError !== null)
    t.hasStrict(steps().autofillError, { code: 'FAST_AUTH_PASSKEY_INVALID' })
    await browser.pending('conditional')
    await acted(() => steps().signIn(ada))
    t.equal(steps().autofillError, null)
    t.equal(made.session.status, 'signed-in')
  },
)

t.test('the autofill ends with the component, and does not begin again by itself', async t => {
  const { client, browser, app } = await withPasskey(t)
  const steps = await rendered(t, client({ transport }), withAutofill)
  await browser.pending('conditional')
  steps.unmount()
  await rendered(t, client({ transport }), useSignIn)
  t.same(browser.requests, ['conditional'])
  await app.close()
  await rendered(t, client({ transport }), withAutofill)
  t.same(browser.requests, ['conditional'], 'a server that does not answer is not asked for ever')
})

t.test('while a sign-in waits for the second factor, there is no autofill', async t => {
  const browser = passkeyBrowser(t)
  const app = await clientApp(t, { options: { passkeys, secondFactor: 'offered' } })
  const first = await app.signedUp({ transport })
  await first.registerPasskey()
  const { data } = await first.startTotp()
  await first.confirmTotp({ code: totpCode(data?.secret ?? '', Date.UTC(2026, 0, 1, 12)) })
  const made = app.client({ transport })
  const steps = await rendered(t, made, withAutofill)
  await browser.pending('conditional')
  await acted(() => steps().signIn(ada))
  t.ok(steps().waiting?.methods.includes('passkey'))
  await acted(() => steps().cancel())
  await browser.pending('conditional')
  await acted(() => steps().signIn(ada))
  await acted(() => steps().completeSignIn({ passkey: true }))
  t.equal(steps().waiting, null)
  t.equal(made.session.status, 'signed-in')
})

t.test('a page that a server renders knows no passkeys, and asks for none', async t => {
  const browser = passkeyBrowser(t)
  const { client } = await clientApp(t, { options: { passkeys } })
  const Count = () => {
    withAutofill()
    return createElement('i', null, String(usePasskeys().passkeys))
  }
  t.equal(renderToString(createElement(AuthProvider, { client: client() }, createElement(Count))), '<i>null</i>')
  t.same(browser.requests, [])
})
