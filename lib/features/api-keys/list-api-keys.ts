import type { ApiKeyDependencies } from './dependencies.js'
import type { ApiKeyPage, ListApiKeys } from './port.js'

/** Returns a page of the user's keys, including expired ones. */
export function listApiKeys(
  dependencies: Pick<ApiKeyDependencies, 'apiKeyStore'>,
  request: ListApiKeys,
): Promise<ApiKeyPage> {
  return dependencies.apiKeyStore.list(request)
}
