/** Base64 without padding, as PHC strings have it. */
export function toBase64(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '')
}

export function fromBase64(text: string): Buffer {
  return Buffer.from(text, 'base64')
}

/** Whether a text is the one way to write some bytes: decoders forgive a tail that means nothing. */
export function isBase64(text: string): boolean {
  return toBase64(fromBase64(text)) === text
}
