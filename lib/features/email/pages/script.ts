/** The part of a script that differs from page to page. */
export interface PageScript {
  /** Sentences about errors, by code. They replace the `message` of the response. */
  readonly sentences: Readonly<Record<string, string>>
  /** Defines `submit`, which sends the request and displays its result. */
  readonly code: string
}

/**
 * Returns the script of a page: it removes the token from the URL, waits for the user, posts once and displays the result. A mail
 * scanner that opens the page or runs the script changes nothing.
 */
export function pageScript({ sentences, code }: PageScript): string {
  return `
'use strict'
const form = document.querySelector('form')
const button = form.querySelector('[type=submit]')
const status = document.getElementById('status')
const sentences = ${JSON.stringify(sentences)}
const token = new URLSearchParams(location.hash.slice(1)).get('token') || new URLSearchParams(location.search).get('token')
history.replaceState(null, '', location.pathname)

function say(sentence, kind) {
  status.textContent = sentence
  status.className = kind
  status.focus()
}

async function failure(response) {
  if (response.status === 503 || response.status === 429) {
    return 'The server is busy. Please try again in ' + (response.headers.get('retry-after') || 'a few') + ' seconds.'
  }
  const { code, message } = await response.json().catch(() => ({}))
  if (code === 'FAST_AUTH_PASSWORD_TOO_WEAK') return message
  return sentences[code] || 'The request failed. Please try again, or request a new link.'
}
${code}
if (!token) {
  form.hidden = true
  say('This link has no token. Please open the complete link from the message.', 'failure')
}

form.addEventListener('submit', event => {
  event.preventDefault()
  button.disabled = true
  say('', '')
  submit()
    .catch(() => say('The server could not be reached. Please try again.', 'failure'))
    .finally(() => { button.disabled = false })
})
`
}

/** The script of the pages that ask for a password. */
export const passwordScript = pageScript({
  sentences: {
    FAST_AUTH_INVALID_CREDENTIALS:
      'The password is wrong. If you did not choose a password yourself, request a new one on the sign-in page.',
    FAST_AUTH_ONE_TIME_TOKEN_INVALID: 'This link is no longer valid. Please request a new one.',
  },
  code: `
const password = form.querySelector('#password')
const reveal = form.querySelector('#reveal')

async function submit() {
  const body = JSON.stringify({ token, password: password.value })
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(location.pathname, { method: 'POST', headers, body, credentials: 'omit' })
  if (!response.ok) return say(await failure(response), 'failure')
  form.hidden = true
  say(form.dataset.success, 'success')
}

reveal.addEventListener('click', () => {
  const shown = password.type === 'text'
  password.type = shown ? 'password' : 'text'
  reveal.textContent = shown ? 'Show' : 'Hide'
  reveal.setAttribute('aria-pressed', String(!shown))
})
`,
})
