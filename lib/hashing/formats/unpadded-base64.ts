/** Encodes base64 without padding, as in PHC strings. */
export function toBase64(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '')
}

export function fromBase64(text: string): Buffer {
  return Buffer.from(text, 'base64')
}

/** Returns whether a text is the canonical encoding of some bytes: decoders ignore an unused tail. */
export function isBase64(text: string): boolean {
  return toBase64(fromBase64(text)) === text
}
