import { useAuthClient } from 'fast-auth/react'
import { useState } from 'react'

/** The messages for users, by code. @type {Record<string, string>} */
const words = {
  FAST_AUTH_INVALID_CREDENTIALS: 'The address or the password is wrong.',
  FAST_AUTH_USER_EXISTS: 'An account with this address exists.',
  FAST_AUTH_PASSWORD_TOO_WEAK: 'Choose a longer password that is harder to guess.',
  NETWORK_FAILURE: 'You are offline.',
}

export function SignInForm() {
  const client = useAuthClient()
  const [fault, setFault] = useState('')

  /** @param {import('react').FormEvent<HTMLFormElement>} event */
  async function submit(event) {
    event.preventDefault()
    const { nativeEvent, currentTarget } = event
    const fields = new FormData(currentTarget)
    const account = { email: String(fields.get('email')), password: String(fields.get('password')) }
    const isNew = nativeEvent instanceof SubmitEvent && nativeEvent.submitter?.id === 'sign-up'
    const { error } = await (isNew ? client.signUp(account) : client.signIn(account))
    // If the request has succeeded, the session changes, and React renders the page again.
    if (error) setFault(words[error.code] ?? 'That did not work. Try again.')
  }

  return (
    <form onSubmit={submit}>
      <label>
        E-mail <input name="email" type="email" autoComplete="username" required />
      </label>
      <label>
        Password <input name="password" type="password" autoComplete="current-password" required />
      </label>
      <button type="submit">Sign in</button>
      <button type="submit" id="sign-up">
        Sign up
      </button>
      <p role="alert">{fault}</p>
    </form>
  )
}
