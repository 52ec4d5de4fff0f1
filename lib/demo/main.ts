import { createAuthClient, type WaitingSignIn } from '../client/index.js'
import { account, type SignedInParts } from './account.js'
import { apiKeys } from './api-keys.js'
import { changeAddress, changePassword, deleteAccount } from './credentials.js'
import { button, element } from './element.js'
import { identities } from './identities.js'
import { createNotice } from './notice.js'
import { organizationCards } from './organization-cards.js'
import { pageSettings } from './page-settings.js'
import { passkeySetUp } from './passkey-set-up.js'
import { passkeys } from './passkeys.js'
import { providerNamed } from './provider-named.js'
import { secondFactor } from './second-factor.js'
import { sentenceFor } from './sentences.js'
import { sessions } from './sessions.js'
import { signedOut } from './signed-out.js'

function place(id: string): HTMLElement {
  const found = document.getElementById(id)
  if (found === null) throw new Error(`The page has no #${id}`)
  return found
}

const { authUrl, tokenMode, secondFactor: mode, hasPasskeys, hasOrganizations, providers } = pageSettings

/** Whether the server accepts nothing of this user but the set-up of a second factor. */
let isSetUpDue = false

/** The sign-in with another provider that waits for a second factor after the return. */
let waiting: WaitingSignIn | null = null

const client = createAuthClient({
  baseUrl: authUrl,
  tokenMode,
  async fetch(input, init) {
    const response = await fetch(input, init)
    if (response.status === 403 && (await response.clone().text()).includes('SECOND_FACTOR_SETUP_REQUIRED')) {
      isSetUpDue = true
      show()
    }
    return response
  },
})
const main = place('main')
const who = place('who')
const say = createNotice(place('notice'))

async function signOut(): Promise<void> {
  const { error } = await client.signOut()
  if (error !== undefined) say(sentenceFor(error), 'failure')
}

function signedIn(parts: SignedInParts): HTMLElement {
  return element(
    'div',
    { class: 'grid' },
    account(parts),
    sessions(parts),
    apiKeys(parts, authUrl),
    ...(hasPasskeys ? [passkeys(parts)] : []),
    ...(providers.length > 0 ? [identities(parts)] : []),
    ...(hasOrganizations ? [organizationCards(parts)] : []),
    ...(mode === 'off' ? [] : [secondFactor(parts)]),
    changePassword(parts),
    changeAddress(parts),
    deleteAccount(parts),
  )
}

/** The rendered state. A refresh in the background that does not change it keeps unfinished forms. */
let shown = ''

/** Shows the set-up of a second factor, and nothing of the account, until it is finished. */
function showSetUp(): void {
  function finished(): void {
    isSetUpDue = false
    show()
  }
  who.replaceChildren(button('Sign out', signOut))
  const parts = { client, say, finished }
  const ways = [secondFactor(parts), ...(hasPasskeys ? [passkeySetUp(parts)] : [])]
  main.replaceChildren(element('div', { class: 'narrow' }, ...ways))
}

function show(): void {
  const { status, user } = client.session
  if (status === 'signed-out') isSetUpDue = false
  const next = JSON.stringify([isSetUpDue || [status, user?.id, user?.email, user?.emailConfirmedAt]])
  if (next === shown) return
  shown = next
  if (isSetUpDue) showSetUp()
  else if (status === 'signed-in') {
    who.replaceChildren(element('span', { class: 'who' }, user.email), button('Sign out', signOut))
    main.replaceChildren(signedIn({ client, say, user }))
  } else if (status === 'signed-out') {
    who.replaceChildren()
    main.replaceChildren(signedOut({ client, say, waiting }))
    waiting = null
  }
}

/** Where a second factor is required, asks whether it is set up, before anything else of the account is requested. */
async function follow(): Promise<void> {
  if (mode === 'required' && client.session.status === 'signed-in' && !isSetUpDue) await client.getMe()
  show()
}

/** Continues if a provider has returned the browser to this page. */
async function continueAfterReturn(): Promise<void> {
  const returned = await client.finishSignIn()
  if (returned.outcome === 'second-factor-required') waiting = returned.waiting
  else if (returned.outcome === 'linked') say(`Your account at ${providerNamed(returned.provider)} is linked.`)
  else if (returned.outcome === 'failed' && !isSetUpDue) say(sentenceFor(returned.error), 'failure')
}

client.subscribe(() => void follow())
await continueAfterReturn()
const { error } = client.session.status === 'unknown' ? await client.getMe() : {}
if (error !== undefined && client.session.status === 'unknown' && !isSetUpDue) say(sentenceFor(error), 'failure')
show()
