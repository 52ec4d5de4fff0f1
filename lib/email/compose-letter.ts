import type { UserStore } from '../storage/storage.js'
import { type LoadedUser, withoutPasswordHash } from '../tokens/loaded-user.js'
import type { Letter } from './letter.js'
import { letters } from './letters/index.js'
import type { EmailContent, LetterWordings } from './letters/letter-wording.js'
import type { LinkTo } from './links.js'

export interface ComposerOptions {
  readonly appName: string
  readonly linkTo: LinkTo
  /** The application's own words. */
  readonly messages?: LetterWordings | undefined
  /** Has the owner of an account, who is read for the application's own templates only. */
  readonly users: Pick<UserStore, 'find'>
}

/** @param userId Whose account the letter is about, `null` if there is none. */
export type ComposeLetter = (letter: Letter, userId: string | null) => Promise<EmailContent>

/** A subject is one line: what a line break would begin is a header of its own. */
function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

/**
 * Puts letters into words: the application's, or else the plugin's. Rejects with what the application's template throws, and
 * with what the storage rejects with.
 */
export function createComposer({ appName, linkTo, messages = {}, users }: ComposerOptions): ComposeLetter {
  async function ownerOf(userId: string): Promise<LoadedUser | null> {
    const user = await users.find({ userId })
    return user === null ? null : withoutPasswordHash(user)
  }

  async function worded(letter: Letter, userId: string | null): Promise<EmailContent> {
    const { to, kind } = letter
    const user = messages[kind] === undefined || userId === null ? null : await ownerOf(userId)
    if (!('token' in letter)) return (messages[letter.kind] ?? letters[letter.kind])({ to, appName, user })
    const { token, expiresAt } = letter
    const link = linkTo(letter.kind, token)
    return (messages[letter.kind] ?? letters[letter.kind])({ to, appName, user, link, expiresAt })
  }

  return async (letter, userId) => {
    const { subject, text, html } = await worded(letter, userId)
    return { subject: oneLine(subject), text, html }
  }
}
