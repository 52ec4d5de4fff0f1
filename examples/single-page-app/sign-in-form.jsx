import { useAuthClient, useSignIn } from 'fast-auth/react'
import { useState } from 'react'
import { CodeForm } from './code-form.jsx'

/** The messages for users, by code. @type {Record<string, string>} */
const words = {
  FAST_AUTH_INVALID_CREDENTIALS: 'The address or the password is wrong.',
  FAST_AUTH_USER_EXISTS: 'An account with this address exists.',
  FAST_AUTH_PASSWORD_TOO_WEAK: 'Choose a longer password that is harder to guess.',
  FAST_AUTH_SECOND_FACTOR_INVALID: 'The code is wrong, or was used before.',
  FAST_AUTH_SIGN_IN_CODE_INVALID: 'The code is wrong or no longer valid.',
  FAST_AUTH_PASSKEY_INVALID: 'This passkey is not accepted here.',
  FAST_AUTH_PROVIDER_DENIED: 'You have cancelled the sign-in.',
  FAST_AUTH_ACCOUNT_EXISTS: 'You have an account. Sign in as before, and then link your company account.',
  // The user has closed the dialog of the browser.
  PASSKEY_CANCELLED: '',
  FAST_AUTH_SIGN_IN_EXPIRED: 'That took too long. Please begin again.',
  NETWORK_FAILURE: 'You are offline.',
}

/** @param {import('react').FormEvent<HTMLFormElement>} event */
function fieldsOf({ currentTarget }) {
  const fields = new FormData(currentTarget)
  return (/** @type {string} */ name) => String(fields.get(name))
}

export function SignInForm() {
  const client = useAuthClient()
  const { waiting, waitingForCode, autofillError, providerError, ...steps } = useSignIn({ autofill: true })
  const [fault, setFault] = useState('')

  const returnedError = autofillError ?? providerError

  /** If the request has signed the user in, the session changes, and React renders the page again. @param {string} [code] */
  const showFault = code => setFault(code === undefined ? '' : (words[code] ?? 'That did not work. Try again.'))

  /** @param {import('react').FormEvent<HTMLFormElement>} event */
  async function submit(event) {
    event.preventDefault()
    const { nativeEvent } = event
    const field = fieldsOf(event)
    const account = { email: field('email'), password: field('password') }
    const isNew = nativeEvent instanceof SubmitEvent && nativeEvent.submitter?.id === 'sign-up'
    const { error } = await (isNew ? client.signUp(account) : steps.signIn(account))
    showFault(error?.code)
  }

  /** Requests a code: the form needs no password. @param {import('react').MouseEvent<HTMLButtonElement>} event */
  async function requestCode({ currentTarget: { form } }) {
    const email = form?.elements.namedItem('email')
    if (!(email instanceof HTMLInputElement) || !email.reportValidity()) return
    const { error } = await steps.requestCode({ email: email.value })
    showFault(error?.code)
  }

  async function usePasskey() {
    const { error } = await steps.signInWithPasskey()
    showFault(error?.code)
  }

  /** The browser goes to the provider. When it is back, `useSignIn` has what follows. */
  async function useCompany() {
    const { error } = await steps.signInWith('company')
    showFault(error?.code)
  }

  function startOver() {
    steps.cancel()
    showFault()
  }

  // The last step, if the server has the option `secondFactor` and the user has an authenticator app.
  if (waiting !== null)
    return (
      <CodeForm
        key="app"
        label="Code of your authenticator app"
        inputMode="numeric"
        fault={fault}
        startOver={startOver}
        enter={async code => showFault((await steps.completeSignIn({ code })).error?.code)}
      />
    )
  // If the user opens the mailed link instead, in another tab, the session changes here, too.
  if (waitingForCode !== null)
    return (
      <CodeForm
        key="mail"
        label={`Code in the message to ${waitingForCode.email}`}
        inputMode="text"
        fault={fault}
        startOver={startOver}
        enter={async code => showFault((await steps.enterCode({ code })).error?.code)}
      />
    )
  return (
    <form onSubmit={submit}>
      <label>
        E-mail <input name="email" type="email" autoComplete="username webauthn" required />
      </label>
      <label>
        Password <input name="password" type="password" autoComplete="current-password" required />
      </label>
      <button type="submit">Sign in</button>
      <button type="submit" id="sign-up">
        Sign up
      </button>
      <button type="button" onClick={requestCode}>
        Send me a code
      </button>
      <button type="button" onClick={usePasskey}>
        Sign in with a passkey
      </button>
      <button type="button" onClick={useCompany}>
        Sign in with your company account
      </button>
      <p role="alert">
        {returnedError === null ? fault : (words[returnedError.code] ?? 'That did not work. Try again.')}
      </p>
    </form>
  )
}
