import type { Dependencies } from '../dependencies.js'
import type { ApiKeyPage, ListApiKeys } from './port.js'

/** Returns a page of the user's keys, including expired ones. */
export function listApiKeys(dependencies: Pick<Dependencies, 'storage'>, request: ListApiKeys): Promise<ApiKeyPage> {
  return dependencies.storage.apiKeys.list(request)
}
