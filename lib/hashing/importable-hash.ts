import { passwordFormats } from './formats/index.js'
import { readStoredHash } from './pepper-ring.js'

/** Returns whether a stored hash can be verified, with any pepper. Formats of the application are not known here. */
export function identifiesPasswordHash(stored: string): boolean {
  const { inner } = readStoredHash(stored)
  return passwordFormats.some(format => format.identifies(inner))
}
