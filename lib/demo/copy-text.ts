import type { Say } from './notice.js'

/** Puts a text into the clipboard, and says whether that succeeded. */
export async function copyText(say: Say, text: string, what: 'The key is' | 'The codes are'): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
    say(`${what} in your clipboard.`)
  } catch {
    say('The browser did not copy the text. Select the text and copy it.', 'failure')
  }
}
