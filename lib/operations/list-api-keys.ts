import type { ApiKeyPage, ListApiKeys } from '../storage/storage.js'
import type { Rooms } from './rooms.js'

/** A page of the user's keys, expired ones included. */
export function listApiKeys(rooms: Rooms, request: ListApiKeys): Promise<ApiKeyPage> {
  return rooms.storage.apiKeys.list(request)
}
