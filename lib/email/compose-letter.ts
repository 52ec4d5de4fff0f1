import type { Letter } from './letter.js'
import { letters } from './letters/index.js'
import type { EmailContent, LetterWordings } from './letters/letter-wording.js'
import type { LinkTo } from './links.js'

export interface ComposerOptions {
  readonly appName: string
  readonly linkTo: LinkTo
  /** The application's own words. */
  readonly messages?: LetterWordings | undefined
}

export type ComposeLetter = (letter: Letter) => Promise<EmailContent>

/** A subject is one line: what a line break would begin is a header of its own. */
function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

/** Puts letters into words: the application's, or else the plugin's. Rejects with whatever the application's words throw. */
export function createComposer({ appName, linkTo, messages = {} }: ComposerOptions): ComposeLetter {
  async function worded(letter: Letter): Promise<EmailContent> {
    const { to } = letter
    if (!('token' in letter)) return (messages[letter.kind] ?? letters[letter.kind])({ to, appName })
    const { kind, token, expiresAt } = letter
    return (messages[kind] ?? letters[kind])({ to, appName, link: linkTo(kind, token), expiresAt })
  }

  return async letter => {
    const { subject, text, html } = await worded(letter)
    return { subject: oneLine(subject), text, html }
  }
}
