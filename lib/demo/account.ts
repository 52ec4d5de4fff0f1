import type { AuthClient, AuthUser } from '../client/index.js'
import { card, when } from './card.js'
import { button, element } from './element.js'
import type { Say } from './notice.js'
import { sentenceFor } from './sentences.js'

export interface SignedInParts {
  readonly client: AuthClient
  readonly say: Say
  readonly user: AuthUser
}

function row(name: string, value: Node | string): HTMLElement {
  return element('div', {}, element('dt', {}, name), element('dd', {}, value))
}

/** Shows the signed-in user and sends the link that confirms the address. */
export function account({ client, say, user }: SignedInParts): HTMLElement {
  const { email, emailConfirmedAt } = user

  async function send(): Promise<void> {
    const { error } = await client.sendEmailConfirmation({ email })
    if (error === undefined) say('A link was sent. Open it, confirm your address there, and return to this page.')
    else say(sentenceFor(error), 'failure')
  }

  async function check(): Promise<void> {
    const { data, error } = await client.getMe()
    if (error !== undefined) say(sentenceFor(error), 'failure')
    else if (data.user.emailConfirmedAt === null) say('The address is not confirmed yet.')
  }

  const isOpen = emailConfirmedAt === null
  const state = isOpen
    ? element('span', { class: 'badge open' }, 'not confirmed')
    : element('span', { class: 'badge' }, 'confirmed')
  return card(
    'Your account',
    element(
      'dl',
      {},
      row('E-mail', element('span', {}, email, ' ', state)),
      row('Created', when(user.createdAt)),
      row('Last sign-in', when(user.lastSignInAt)),
    ),
    isOpen
      ? element(
          'div',
          { class: 'row' },
          button('Send the confirmation link again', send),
          button('Check the confirmation', check),
        )
      : null,
  )
}
