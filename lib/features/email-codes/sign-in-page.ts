import { createPage, type Page } from '../email/pages/page.js'
import { pageScript } from '../email/pages/script.js'

/**
 * Shows the code, and signs in on a click. The server knows the browser by its cookie. If a second factor is missing, the page asks
 * for it: the cookie then stands for the sign-in that waits, and no other page learns of it. Other tabs with a client of fast-auth
 * learn of the session as from each other (`lib/client/other-tabs.ts`).
 */
const script = pageScript({
  sentences: {
    FAST_AUTH_SIGN_IN_CODE_INVALID:
      'This link works once, and only in the browser in which you asked for it. On another device, enter the code there.',
    FAST_AUTH_USER_DISABLED: 'This account is disabled.',
    FAST_AUTH_SECOND_FACTOR_INVALID: 'The code is wrong, or was used before. Wait for the next code of the app.',
    FAST_AUTH_SIGN_IN_EXPIRED:
      'That took too long. Please go back to the page where you began, and ask for a new link.',
  },
  code: `
const shown = document.getElementById('code')
const spelled = (token || '').toUpperCase().replace(/[^0-9A-Z]/g, '').slice(0, 8)
shown.textContent = spelled.replace(/(.{4})(?=.)/, '$1-')
const second = document.getElementById('second')
const factor = document.getElementById('factor')

function post(path, body) {
  const headers = { 'content-type': 'application/json' }
  return fetch(path, { method: 'POST', headers, body: JSON.stringify(body), credentials: 'same-origin' })
}

function send() {
  if (second.hidden) return post(location.pathname + '/confirm', { token })
  const typed = factor.value.trim()
  return post('second-factor', /^\\d{3} ?\\d{3}$/.test(typed) ? { code: typed } : { recoveryCode: typed })
}

function askForSecondFactor() {
  for (const part of form.querySelectorAll('p')) part.hidden = true
  second.hidden = factor.disabled = false
  say(form.dataset.waiting, 'success')
  factor.focus()
}

function notifyTabs({ user, session: { expiresAt } }) {
  const base = location.pathname.replace(/\\/sign-in\\/email$/, '')
  for (const url of [base, location.origin + base]) {
    const channel = new BroadcastChannel('fast-auth ' + url)
    channel.postMessage({ session: { status: 'signed-in', user, expiresAt }, isRenewed: true })
    channel.close()
  }
}

async function submit() {
  const response = await send()
  if (!response.ok) return say(await failure(response), 'failure')
  if (response.status === 202) return askForSecondFactor()
  form.hidden = true
  say(form.dataset.success, 'success')
  await response.json().then(notifyTabs).catch(() => {})
}
`,
})

const fields = `<p>To sign in on another device or in another browser, enter this code there:</p>
<p class="code"><output id="code"></output></p>
<div id="second" hidden>
<label for="factor">Code of your authenticator app, or a recovery code</label>
<input id="factor" name="factor" type="text" autocomplete="one-time-code" required disabled maxlength="64">
</div>
`

/** Creates the page that a sign-in link opens. */
export function createSignInPage({ appName }: { readonly appName: string }): Page {
  return createPage({
    appName,
    title: 'Sign in',
    introduction: 'If you asked for this link in this browser, sign in here.',
    fields,
    button: 'Sign in here',
    success: 'You are signed in. You can go back to the page where you began.',
    waiting: 'The code is right. Now give your second factor.',
    script,
  })
}
