import { createHash } from 'node:crypto'

/** 128 bits. */
const digestLength = 22

/** The name of a counter: of one length whatever was typed, and without an address that one could read in the store. */
export function counterKey(kind: string, ...parts: readonly string[]): string {
  const digest = createHash('sha256').update(JSON.stringify(parts)).digest('base64url')
  return `${kind}:${digest.slice(0, digestLength)}`
}
