/** The alphabet of Crockford's Base32 in lower case: without i, l, o and u, which people confuse with others. */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'
const bitsPerCharacter = 5

/** Encodes bytes, whose bits must be a multiple of five. */
export function encodeBase32(bytes: Buffer): string {
  const bits = BigInt(`0x${bytes.toString('hex')}`)
  const length = (bytes.length * 8) / bitsPerCharacter
  const shifts = Array.from({ length }, (_, place) => BigInt(bitsPerCharacter * (length - 1 - place)))
  return shifts.map(shift => alphabet[Number((bits >> shift) & 31n)]).join('')
}

/** Returns the text in groups of four characters with hyphens between them. */
export function inGroups(text: string): string {
  return (text.match(/.{1,4}/g) as readonly string[]).join('-')
}

/**
 * Returns the canonical form of a text as a user types it: with any case, spaces and hyphens, and with the letters that look like a
 * digit. `null`: it is no text of this length in the alphabet.
 */
export function canonicalBase32(typed: string, length: number): string | null {
  const canonical = typed.replace(/[\s-]/g, '').toLowerCase().replaceAll('o', '0').replace(/[il]/g, '1')
  return canonical.length === length && [...canonical].every(character => alphabet.includes(character))
    ? canonical
    : null
}
