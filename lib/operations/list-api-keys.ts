import type { ApiKeyPage, ListApiKeys } from '../storage/storage.js'
import type { Dependencies } from './dependencies.js'

/** A page of the user's keys, expired ones included. */
export function listApiKeys(dependencies: Dependencies, request: ListApiKeys): Promise<ApiKeyPage> {
  return dependencies.storage.apiKeys.list(request)
}
