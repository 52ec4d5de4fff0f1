import { createElement, type ReactNode } from 'react'
import { renderToString } from 'react-dom/server'
import { act, create } from 'react-test-renderer'
import t from 'tap'
import { type AuthClient, createAuthClient } from '../../lib/client/index.js'
import { AuthProvider, SignedIn, SignedOut, useAuthClient, useSession } from '../../lib/react/index.js'
import { clientApp } from '../client/fixtures/client-app.js'

const Status = () => createElement('i', null, useSession().status)

function page(...children: ReactNode[]) {
  const client = createAuthClient()
  return renderToString(createElement(AuthProvider, { client }, ...children))
}

t.test('a page that a server renders knows no user, and sends no request', async t => {
  const status = createElement(Status, { key: 'status' })
  t.equal(page(status), '<i>unknown</i>')
  t.equal(page(createElement(SignedIn, { key: 'in' }, 'in'), createElement(SignedOut, { key: 'out' }, 'out')), '')
})

t.test('a server that has signed a user in still renders the state with which every browser begins', async t => {
  const { signedUp } = await clientApp(t)
  const client = await signedUp({ transport: 'token' })
  t.equal(renderToString(createElement(AuthProvider, { client }, createElement(Status))), '<i>unknown</i>')
})

t.test('without a provider, a component says what is missing', async t => {
  const Lost = () => createElement('i', null, typeof useAuthClient())
  t.throws(() => renderToString(createElement(Lost)), { message: /<AuthProvider client=/ })
})

t.test('the shown state follows the session, which is requested once', async t => {
  const { signedUp } = await clientApp(t)
  const known = await signedUp({ transport: 'token' })
  let asked = 0
  const client: AuthClient = {
    ...known,
    get session() {
      return known.session
    },
    getMe: (...parameters) => {
      asked += 1
      return known.getMe(...parameters)
    },
  }
  const unreachable = createAuthClient({ baseUrl: 'http://127.0.0.1:1/auth', transport: 'token' })
  const content = [createElement(SignedIn, { key: 'in' }, 'in'), createElement(SignedOut, { key: 'out' }, 'out')]
  const show = (shown: AuthClient) => create(createElement(AuthProvider, { client: shown }, ...content))
  Reflect.set(globalThis, 'IS_REACT_ACT_ENVIRONMENT', true)
  const page = show(client)
  await act(async () => undefined)
  t.equal(page.toJSON(), 'in')
  await act(async () => void (await client.signOut()))
  t.equal(page.toJSON(), 'out')
  t.equal(asked, 0, 'who is signed in was known')
  show(unreachable)
  await act(async () => undefined)
  t.equal(unreachable.session.status, 'unknown', 'a server that cannot be reached says nothing of it')
})
