import type { AuthClient, AuthError, WaitingSignIn } from '../client/index.js'
import { card } from './card.js'
import { codeForm, type GivenFactor } from './code-form.js'
import { button, element } from './element.js'
import { type Field, form } from './form.js'
import { mailedCode } from './mailed-code.js'
import type { Say } from './notice.js'
import { pageSettings } from './page-settings.js'
import { passkeySignIn } from './passkey-sign-in.js'
import { providerSignIn } from './provider-sign-in.js'
import { sentenceFor } from './sentences.js'

type Way = 'sign-in' | 'code' | 'sign-up' | 'forgot'

const email: Field = { name: 'email', label: 'E-mail', type: 'email', autocomplete: 'username' }
const password: Field = { name: 'password', label: 'Password', type: 'password', autocomplete: 'current-password' }
const newPassword: Field = {
  ...password,
  autocomplete: 'new-password',
  hint: 'At least eight characters. Frequent passwords are refused.',
}

export interface SignedOutParts {
  readonly client: AuthClient
  readonly say: Say
  /** The sign-in with another provider that waits for a second factor; `null` if none does. */
  readonly waiting: WaitingSignIn | null
}

const { hasPasskeys, hasMailedCodes, providers } = pageSettings

/** The labels of the buttons that lead from the second factor to the first step. */
const returns = {
  'sign-in': 'Back to the password',
  code: 'Ask for another code',
  provider: 'Back to the sign-in',
} as const

/** Returns the content for a signed-out visitor: one of several forms at a time. */
export function signedOut({ client, say, waiting }: SignedOutParts): HTMLElement {
  const place = element('div')

  const ways: Record<Way, { readonly label: string; make(): HTMLElement }> = {
    'sign-in': { label: 'Sign in', make: signInCard },
    code: { label: 'Sign in with a code', make: codeCard },
    'sign-up': { label: 'Sign up', make: signUpCard },
    forgot: { label: 'Forgot password', make: forgotCard },
  }

  function signInCard(): HTMLElement {
    return card(
      'Welcome back',
      form({
        name: 'Sign in',
        fields: [hasPasskeys ? { ...email, autocomplete: 'username webauthn' } : email, password],
        submit: 'Sign in',
        async send({ email = '', password = '' }) {
          const { status, data, error } = await client.signIn({ email, password })
          if (status === 202) askForSecondFactor(data, 'sign-in')
          return error
        },
      }),
      hasPasskeys ? passkeySignIn({ client, say }) : null,
      providers.length > 0 ? providerSignIn({ client, say }) : null,
    )
  }

  function codeCard(): HTMLElement {
    return mailedCode({ client, askForSecondFactor: required => askForSecondFactor(required, 'code') })
  }

  /** Shows the last step of a sign-in, and how to return to its first one. */
  function askForSecondFactor({ methods }: WaitingSignIn, first: keyof typeof returns): void {
    const way = first === 'provider' ? 'sign-in' : first

    async function send(given: GivenFactor): Promise<AuthError | undefined> {
      const { error } = await client.completeSignIn(given)
      if (error?.code !== 'FAST_AUTH_SIGN_IN_EXPIRED') return error
      say(sentenceFor(error), 'failure')
      open(way)
      return undefined
    }
    const hasRecoveryCodes = methods.includes('recoveryCode')
    const hasPasskeys = methods.includes('passkey')
    const back = element(
      'div',
      { class: 'row' },
      button(returns[first], () => open(way)),
    )
    const code = codeForm({ name: 'Second factor', submit: 'Sign in', hasRecoveryCodes, hasPasskeys, send })
    place.replaceChildren(card('Your second factor', code, back))
    place.querySelector('input')?.focus()
  }

  function open(way: Way): void {
    show(way)
    place.querySelector('input')?.focus()
  }

  async function signUp(values: Readonly<Record<string, string>>): Promise<AuthError | undefined> {
    const { email = '', password = '' } = values
    const { status, error } = await client.signUp({ email, password })
    if (status === 202) say('Open the link in the message that was sent to you. Then sign in.')
    return error
  }

  function signUpCard(): HTMLElement {
    return card(
      'Create an account',
      form({ name: 'Sign up', fields: [email, newPassword], submit: 'Sign up', send: signUp }),
    )
  }

  function forgotCard(): HTMLElement {
    return card(
      'Set a new password',
      element(
        'p',
        {},
        'If an account with this address exists, the server sends a link to it. With the link you set a new password.',
      ),
      form({
        name: 'Forgot password',
        fields: [email],
        submit: 'Send the link',
        async send({ email = '' }) {
          const { error } = await client.requestPasswordReset({ email })
          if (error === undefined) say('Check your mailbox: if the account exists, you will receive a message.')
          return error
        },
      }),
    )
  }

  function show(chosen: Way): void {
    const offered = Object.entries(ways).filter(([way]) => way !== 'code' || hasMailedCodes)
    const buttons = offered.map(([way, { label }]) => {
      const made = element('button', { type: 'button', 'aria-pressed': String(way === chosen) }, label)
      made.addEventListener('click', () => open(way as Way))
      return made
    })
    const choice = element('div', { class: 'choice', role: 'group', 'aria-label': 'Choose a form' }, ...buttons)
    place.replaceChildren(choice, ways[chosen].make())
  }

  if (waiting === null) show('sign-in')
  else askForSecondFactor(waiting, 'provider')
  return element('div', { class: 'narrow' }, place)
}
