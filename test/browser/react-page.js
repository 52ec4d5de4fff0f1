import { createElement as h, StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { createAuthClient } from '../../dist/lib/client/index.js'
import { AuthProvider, SignedIn, SignedOut, useAuthClient, useSession } from '../../dist/lib/react/index.js'

const ada = { email: 'ada@example.com', password: 'correct horse battery' }

function Account() {
  const client = useAuthClient()
  const { status, user } = useSession()
  return h(
    'main',
    null,
    h('output', null, `${status} ${user?.email ?? ''}`),
    h(SignedIn, null, h('button', { type: 'button', onClick: () => client.signOut() }, 'Sign out')),
    h(SignedOut, null, h('button', { type: 'button', onClick: () => client.signUp(ada) }, 'Sign up')),
  )
}

const client = createAuthClient()
const root = globalThis.document.body.appendChild(globalThis.document.createElement('div'))
createRoot(root).render(h(StrictMode, null, h(AuthProvider, { client }, h(Account))))
