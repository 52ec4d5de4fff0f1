import { timingSafeEqual } from 'node:crypto'

/** Whether two digests are equal, in a time that doesn't tell where they differ. */
export function isSameDigest(digest: Buffer, stored: Buffer): boolean {
  return digest.length === stored.length && timingSafeEqual(digest, stored)
}
