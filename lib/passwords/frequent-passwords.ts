import { frontCodedPasswords } from './generated/frequent-passwords.js'

/** Each entry says how much it has in common with the one before it, as a digit in base 36, and then goes on. */
function readFrontCoded(text: string): ReadonlySet<string> {
  const entries = new Set<string>()
  let before = ''
  for (const coded of text.trim().split(/\s/)) {
    before = before.slice(0, Number.parseInt(coded.charAt(0), 36)) + coded.slice(1)
    entries.add(before)
  }
  return entries
}

/** The passwords that people choose most, of at least 8 characters, in NFC and without case. */
export const frequentPasswords: ReadonlySet<string> = readFrontCoded(frontCodedPasswords)
