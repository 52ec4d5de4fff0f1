import { createAuthClient } from '../client/index.js'
import { account, type SignedInParts } from './account.js'
import { apiKeys } from './api-keys.js'
import { changeAddress, changePassword, deleteAccount } from './credentials.js'
import { button, element } from './element.js'
import { createNotice } from './notice.js'
import { sentenceFor } from './sentences.js'
import { sessions } from './sessions.js'
import { signedOut } from './signed-out.js'

function place(id: string): HTMLElement {
  const found = document.getElementById(id)
  if (found === null) throw new Error(`The page has no #${id}`)
  return found
}

const { authUrl = '/auth', tokenMode } = document.body.dataset
const client = createAuthClient({
  baseUrl: authUrl,
  tokenMode: tokenMode === 'access-only' || tokenMode === 'sliding' ? tokenMode : 'pair',
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
    changePassword(parts),
    changeAddress(parts),
    deleteAccount(parts),
  )
}

/** The rendered state. A refresh in the background that does not change it keeps unfinished forms. */
let shown = ''

function show(): void {
  const { status, user } = client.session
  const next = JSON.stringify([status, user?.id, user?.email, user?.emailConfirmedAt])
  if (next === shown) return
  shown = next
  if (status === 'signed-in') {
    who.replaceChildren(element('span', { class: 'who' }, user.email), button('Sign out', signOut))
    main.replaceChildren(signedIn({ client, say, user }))
  } else if (status === 'signed-out') {
    who.replaceChildren()
    main.replaceChildren(signedOut({ client, say }))
  }
}

client.subscribe(show)
const { error } = await client.getMe()
if (error !== undefined && client.session.status === 'unknown') say(sentenceFor(error), 'failure')
show()
