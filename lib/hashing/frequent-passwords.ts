import { frontCodedPasswords } from './generated/frequent-passwords.js'

/** Each entry begins with the length of its common prefix with the previous entry, as a digit in base 36. */
function readFrontCoded(text: string): ReadonlySet<string> {
  const entries = new Set<string>()
  let before = ''
  for (const coded of text.trim().split(/\s/)) {
    before = before.slice(0, Number.parseInt(coded.charAt(0), 36)) + coded.slice(1)
    entries.add(before)
  }
  return entries
}

/** The most frequent passwords of at least 8 characters, in NFC and case-folded. */
export const frequentPasswords: ReadonlySet<string> = readFrontCoded(frontCodedPasswords)
