import type { Dependencies } from '../dependencies.js'
import type { ListSessions, SessionPage } from './port.js'

/** Returns a page of the user's live sessions, most recently used first. */
export function listSessions(dependencies: Pick<Dependencies, 'storage'>, request: ListSessions): Promise<SessionPage> {
  return dependencies.storage.sessions.list(request)
}
