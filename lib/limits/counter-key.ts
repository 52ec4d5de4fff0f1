import { createHash } from 'node:crypto'

/** 128 bits. */
const digestLength = 22

/** Returns the name of a counter: of fixed length for any input, and without a readable address in the store. */
export function counterKey(kind: string, ...parts: readonly string[]): string {
  const digest = createHash('sha256').update(JSON.stringify(parts)).digest('base64url')
  return `${kind}:${digest.slice(0, digestLength)}`
}
