import { timingSafeEqual } from 'node:crypto'

/** Compares two digests in constant time. */
export function isSameDigest(digest: Buffer, stored: Buffer): boolean {
  return digest.length === stored.length && timingSafeEqual(digest, stored)
}
