import { passwordFormats } from './formats/index.js'
import { readStoredHash } from './pepper-ring.js'

/** Whether a stored hash is of a format that can be verified, with whatever pepper. Formats of the application's own are not known here. */
export function identifiesPasswordHash(stored: string): boolean {
  const { inner } = readStoredHash(stored)
  return passwordFormats.some(format => format.identifies(inner))
}
