import { createHash } from 'node:crypto'

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/**
 * Returns the id that a user has in fast-auth: the old one if it is a UUID, otherwise always the same UUID for it.
 * @param {string} oldId
 */
export function newId(oldId) {
  if (uuid.test(oldId)) return oldId.toLowerCase()
  const digest = createHash('sha256').update(`user ${oldId}`).digest('hex')
  return digest.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-8$3-8$4-$5')
}
