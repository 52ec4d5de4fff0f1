/**
 * Compares two strings by code point, in the order of their UTF-8 bytes, as the port requires. `<` compares UTF-16 units and
 * would put U+1F600 before U+FFFD.
 */
export function compareText(one: string, other: string): number {
  return Buffer.compare(Buffer.from(one), Buffer.from(other))
}
