/**
 * Returns the challenge in client data (WebAuthn Level 3, section 5.8.1). `null` if they are unreadable, or from a page in a frame
 * of another origin. Nothing in them is trusted before the signature is verified.
 */
export function challengeIn(clientDataJSON: string): string | null {
  try {
    const { challenge, crossOrigin, topOrigin } = JSON.parse(Buffer.from(clientDataJSON, 'base64url').toString())
    const isFramed = crossOrigin === true || topOrigin !== undefined
    return typeof challenge === 'string' && !isFramed ? challenge : null
  } catch {
    return null
  }
}
