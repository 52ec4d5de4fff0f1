/** Returns the length that rules use, in code points as NIST SP 800-63B-4 counts: an emoji of four bytes is one, not two, nor four. */
export function countCodePoints(password: string): number {
  return Array.from(password).length
}
