/**
 * Orders by code point, as UTF-8 bytes do and the port asks. `<` would not: it compares UTF-16 units, which puts
 * U+1F600 before U+FFFD.
 */
export function compareText(one: string, other: string): number {
  return Buffer.compare(Buffer.from(one), Buffer.from(other))
}
