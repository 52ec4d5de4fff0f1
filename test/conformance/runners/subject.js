import { conformanceTitles } from 'fast-auth/conformance'
import { memoryStorage } from 'fast-auth/storage/memory'

const isBroken = process.env.BROKEN !== undefined

/** A storage that fulfils the contract; or, if the environment says so, one that finds expired sessions. */
export async function createStorage() {
  const storage = memoryStorage()
  if (!isBroken) return { storage }
  const { sessions } = storage
  /** @type {typeof sessions.find} */
  const find = ({ sessionId }) => sessions.find({ sessionId, now: 0 })
  return { storage: { ...storage, sessions: { ...sessions, find } } }
}

/** A broken storage only has to fail. */
export const options = isBroken ? { skip: conformanceTitles.filter(title => !title.startsWith('sessions.find: ')) } : {}
