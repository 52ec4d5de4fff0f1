import type { UserRecord } from '../storage/records.js'
import { type LoadedUser, withoutPasswordHash } from '../tokens/loaded-user.js'
import { readableSignInCode } from '../tokens/sign-in-code.js'
import type { LinkTo } from './links.js'
import type { Message } from './message.js'
import { messageTemplates } from './templates/index.js'
import type { EmailContent, MessageTemplates } from './templates/message-template.js'

export interface ComposerOptions {
  readonly appName: string
  readonly linkTo: LinkTo
  /** The message templates of the application. */
  readonly messages?: MessageTemplates | undefined
  /** Finds the owner of an account. Read only for templates of the application. */
  readonly users: { find(request: { readonly userId: string }): Promise<UserRecord | null> }
}

/** @param userId The account that the message is about, `null` if there is none. */
export type ComposeMessage = (message: Message, userId: string | null) => Promise<EmailContent>

/** Keeps the subject on one line: text after a line break would become another header. */
function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

/**
 * Composes messages with the templates of the application, or else of the plugin. Rejects with the error of a template of
 * the application, or of the storage.
 */
export function createComposer({ appName, linkTo, messages = {}, users }: ComposerOptions): ComposeMessage {
  async function ownerOf(userId: string): Promise<LoadedUser | null> {
    const user = await users.find({ userId })
    return user === null ? null : withoutPasswordHash(user)
  }

  async function worded(message: Message, userId: string | null): Promise<EmailContent> {
    const { to, kind } = message
    const user = messages[kind] === undefined || userId === null ? null : await ownerOf(userId)
    if (message.kind === 'signIn') {
      const { code, expiresAt } = message
      const input = { to, appName, user, code: readableSignInCode(code), link: linkTo('signIn', code), expiresAt }
      return (messages.signIn ?? messageTemplates.signIn)(input)
    }
    if (message.kind === 'invitation') {
      const { token, expiresAt, organizationName, role } = message
      const input = { to, appName, user, link: linkTo('invitation', token), expiresAt, organizationName, role }
      return (messages.invitation ?? messageTemplates.invitation)(input)
    }
    if (!('token' in message)) return (messages[message.kind] ?? messageTemplates[message.kind])({ to, appName, user })
    const { token, expiresAt } = message
    const link = linkTo(message.kind, token)
    return (messages[message.kind] ?? messageTemplates[message.kind])({ to, appName, user, link, expiresAt })
  }

  return async (message, userId) => {
    const { subject, text, html } = await worded(message, userId)
    return { subject: oneLine(subject), text, html }
  }
}
