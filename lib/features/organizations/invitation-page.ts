import { createPage, type Page } from '../email/pages/page.js'
import { pageScript } from '../email/pages/script.js'

/**
 * Sends nothing before the first click, which shows the invitation. The next one accepts it for the signed-in user. If there is none,
 * the page asks for the password of the invited account, or of a new one: their address has been proven by the link. It has no
 * button for a new account if a sign-up needs fields that the page does not ask for.
 */
const script = pageScript({
  sentences: {
    FAST_AUTH_ONE_TIME_TOKEN_INVALID:
      'This invitation is no longer valid, or is for another address. If you are signed in here with another account, sign out in the application and open the link again. Otherwise, ask for a new invitation.',
    FAST_AUTH_ORGANIZATION_FULL: 'The organisation has the maximum number of members.',
    FAST_AUTH_INVALID_CREDENTIALS:
      'The address or the password is wrong. If you did not choose a password yourself, reset it in the application, then open the link again.',
    FAST_AUTH_USER_EXISTS:
      'There is an account with this address. Choose “Sign in and join”. If you did not create it, reset its password in the application first.',
    FAST_AUTH_USER_DISABLED: 'This account is disabled.',
    FAST_AUTH_EMAIL_NOT_CONFIRMED: 'Please confirm the address of this account first, then open the invitation again.',
    FAST_AUTH_SECOND_FACTOR_SETUP_REQUIRED:
      'This account needs a second factor. Please set it up in the application first, then open the link again.',
  },
  code: `
const base = location.pathname.replace(/\\/invitations\\/accept$/, '')
const account = document.getElementById('account')
const decline = document.getElementById('decline')
const create = document.getElementById('create')
const email = form.querySelector('#email')
const password = form.querySelector('#password')
/** Codes with a message that the application has written for users. */
const refusals = ['FAST_AUTH_SIGN_UP_REFUSED', 'FAST_AUTH_SIGN_IN_REFUSED']
let step = 'preview'

function post(path, body) {
  const headers = { 'content-type': 'application/json' }
  return fetch(base + path, { method: 'POST', headers, body: JSON.stringify(body), credentials: 'same-origin' })
}

async function sayFailure(response) {
  const { code, message } = await response.clone().json().catch(() => ({}))
  say(refusals.includes(code) ? message : await failure(response), 'failure')
}

function askForAccount() {
  step = 'sign-in'
  account.hidden = email.disabled = password.disabled = false
  if (create) create.hidden = false
  button.textContent = 'Sign in and join'
  say(account.dataset.sentence, '')
  email.focus()
}

async function preview() {
  const response = await post('/invitations/preview', { token })
  if (!response.ok) return sayFailure(response)
  const { organizationName, role, email: invited } = await response.json()
  document.getElementById('organization').textContent = organizationName
  document.getElementById('role').textContent = role
  document.getElementById('invited').textContent = invited
  document.getElementById('invitation').hidden = decline.hidden = false
  for (const part of form.querySelectorAll('form > p')) part.hidden = true
  step = 'accept'
  button.textContent = 'Join'
  say('You are invited to ' + organizationName + ' as ' + role + '.', '')
}

function finish() {
  form.hidden = true
  say(form.dataset.success, 'success')
}

const sendAcceptance = () => post('/invitations/accept', { token })

/** The access token of a signed-in user may have expired since their last visit. */
async function refreshed() {
  const response = await fetch(base + '/refresh', { method: 'POST', credentials: 'same-origin' })
  return response.ok
}

async function accept() {
  let response = await sendAcceptance()
  if (response.status === 401 && step === 'accept' && await refreshed()) response = await sendAcceptance()
  if (response.ok) return finish()
  if (response.status === 401 && step === 'accept') return askForAccount()
  return sayFailure(response)
}

async function signIn() {
  password.autocomplete = 'current-password'
  const response = await post('/sign-in', { email: email.value, password: password.value, transport: 'cookie' })
  if (response.status === 202)
    return say('This account has a second factor. Please sign in on the page of the application, then open the invitation again.', 'failure')
  if (!response.ok) return sayFailure(response)
  return accept()
}

async function signUp() {
  const body = { email: email.value, password: password.value, transport: 'cookie', invitationToken: token }
  const response = await post('/sign-up', body)
  if (!response.ok) return sayFailure(response)
  finish()
}

async function refuse() {
  const response = await post('/invitations/decline', { token })
  if (!response.ok) return sayFailure(response)
  form.hidden = true
  say('You have declined the invitation.', 'success')
}

function submit() {
  if (step === 'preview') return preview()
  return step === 'accept' ? accept() : signIn()
}

function onClick(element, run) {
  element.addEventListener('click', () => {
    if (element === create && !form.reportValidity()) return
    element.disabled = true
    say('', '')
    run()
      .catch(() => say('The server could not be reached. Please try again.', 'failure'))
      .finally(() => { element.disabled = false })
  })
}

onClick(decline, refuse)
if (create) {
  // Precedes the check of the fields, so that a password manager offers a new password for an empty field.
  create.addEventListener('click', () => { password.autocomplete = 'new-password' })
  onClick(create, signUp)
}
`,
})

const declineButton = '<button type="button" id="decline" hidden>Decline</button>\n'

/** The sentence of the step that asks for an account, and the buttons behind the first one. */
const withSignUp = {
  sentence: 'You are not signed in here. Sign in with the invited address, or create an account with it.',
  further: `<button type="button" id="create" hidden>Create an account and join</button>\n${declineButton}`,
}
const withoutSignUp = {
  sentence:
    'You are not signed in here. Sign in with the invited address. If you have no account, sign up in the application first, then open the link again.',
  further: declineButton,
}

const fieldsWith = (sentence: string) => `<dl id="invitation" hidden>
<dt>Organisation</dt><dd id="organization"></dd>
<dt>Your role</dt><dd id="role"></dd>
<dt>Invited address</dt><dd id="invited"></dd>
</dl>
<div id="account" data-sentence="${sentence}" hidden>
<label for="email">E-mail address</label>
<div class="password"><input id="email" name="email" type="email" autocomplete="username" required disabled maxlength="254"></div>
<label for="password">Password</label>
<div class="password"><input id="password" name="password" type="password" autocomplete="current-password" required disabled maxlength="128"></div>
</div>
`

export interface InvitationPageContent {
  readonly appName: string
  /** Whether a sign-up needs no more than an address and a password. */
  readonly canSignUp: boolean
}

/** Creates the page that the link of an invitation opens. */
export function createInvitationPage({ appName, canSignUp }: InvitationPageContent): Page {
  const { sentence, further } = canSignUp ? withSignUp : withoutSignUp
  return createPage({
    appName,
    title: 'Invitation',
    introduction: 'You are invited to an organisation. Nothing happens before you decide.',
    fields: fieldsWith(sentence),
    button: 'Show the invitation',
    further,
    success: 'You are a member now. You can go back to the application.',
    script,
  })
}
