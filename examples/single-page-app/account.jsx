import { useAuthClient, useIdentities, usePasskeys, useSession } from 'fast-auth/react'
import { useState } from 'react'

export function Account() {
  const client = useAuthClient()
  const { user } = useSession()
  const { passkeys, registerPasskey } = usePasskeys()
  const { identities, linkError, linkWith, unlinkIdentity } = useIdentities()
  const [answer, setAnswer] = useState('')

  // Requests a route of the application. If the access token has expired, the client refreshes it, and repeats the request.
  async function sayHello() {
    const response = await client.fetch('/hello')
    setAnswer(response.ok ? `The server says hello to ${(await response.json()).hello}` : 'The server says no')
  }

  // The browser asks the user, who may say no.
  async function addPasskey() {
    const { error } = await registerPasskey()
    if (error?.code === 'FAST_AUTH_EMAIL_NOT_CONFIRMED') setAnswer('Confirm your address first, or sign in with a code')
    else setAnswer(error === undefined || error.code === 'PASSKEY_CANCELLED' ? '' : 'The passkey was not added')
  }

  // The browser goes to the provider, and returns to this page.
  async function linkCompany() {
    const { error } = await linkWith('company')
    if (error !== undefined) setAnswer('Sign in again to link your company account')
  }

  /** @param {string} id */
  async function unlink(id) {
    const { error } = await unlinkIdentity({ id })
    setAnswer(error === undefined ? 'The account is unlinked' : 'Sign in again to unlink the account')
  }

  return (
    <>
      <h1>{user?.email}</h1>
      <button type="button" onClick={sayHello}>
        Say hello
      </button>
      <button type="button" onClick={addPasskey}>
        Add a passkey
      </button>
      <button type="button" onClick={linkCompany}>
        Link your company account
      </button>
      <button type="button" onClick={() => client.signOut()}>
        Sign out
      </button>
      <ul>
        {passkeys?.map(({ id, name }) => (
          <li key={id}>{name}</li>
        ))}
        {identities?.map(({ id, email }) => (
          <li key={id}>
            {email}{' '}
            <button type="button" onClick={() => unlink(id)}>
              Unlink
            </button>
          </li>
        ))}
      </ul>
      <output>{linkError === null ? answer : 'The company account was not linked'}</output>
    </>
  )
}
