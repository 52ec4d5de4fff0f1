import { createPage, type Page } from '../email/pages/page.js'
import { pageScript } from '../email/pages/script.js'

/** Shows the code, and signs in on a click. The server knows the browser by its cookie. */
const script = pageScript({
  sentences: {
    FAST_AUTH_SIGN_IN_CODE_INVALID:
      'This link works once, and only in the browser in which you asked for it. On another device, enter the code there.',
    FAST_AUTH_USER_DISABLED: 'This account is disabled.',
  },
  code: `
const shown = document.getElementById('code')
const spelled = (token || '').toUpperCase().replace(/[^0-9A-Z]/g, '')
shown.textContent = spelled.replace(/(.{4})(?=.)/, '$1-')

async function submit() {
  const body = JSON.stringify({ token })
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(location.pathname + '/confirm', { method: 'POST', headers, body, credentials: 'same-origin' })
  if (!response.ok) return say(await failure(response), 'failure')
  form.hidden = true
  say(response.status === 202 ? form.dataset.waiting : form.dataset.success, 'success')
}
`,
})

const fields = `<p>To sign in on another device or in another browser, enter this code there:</p>
<p class="code"><output id="code"></output></p>
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
    waiting: 'The code is right. Now give your second factor on the page where you began.',
    script,
  })
}
