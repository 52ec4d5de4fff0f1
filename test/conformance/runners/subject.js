import { conformanceTitles } from 'fast-auth/conformance'
import { memoryStorage } from 'fast-auth/storage/memory'

const isBroken = process.env.BROKEN !== undefined

/** A storage that keeps the contract; or, where the environment says so, one that finds expired sessions. */
export async function createStorage() {
  const storage = memoryStorage()
  if (!isBroken) return { storage }
  const { sessions } = storage
  /** @type {typeof sessions.find} */
  const find = ({ sessionId }) => sessions.find({ sessionId, now: 0 })
  return { storage: { ...storage, sessions: { ...sessions, find } } }
}

/** Of a broken storage it is enough to see that it fails. */
export const options = isBroken ? { skip: conformanceTitles.filter(title => !title.startsWith('sessions.find: ')) } : {}
