import type { Instant } from '../storage/storage.js'
import { noClient } from './client.js'
import type { AdministrationRooms } from './rooms.js'

export type UserEnabling = { readonly outcome: 'enabled' | 'unknownUser' }

/** Takes back a disabling: the user signs in again, and their API keys are good again. Not an error where there was none. */
export async function enableUser(
  { storage, emit }: AdministrationRooms,
  { userId, now }: { readonly userId: string; readonly now: Instant },
): Promise<UserEnabling> {
  const { outcome } = await storage.users.enable({ userId })
  if (outcome === 'unknown') return { outcome: 'unknownUser' }
  emit({ name: 'user_enabled', at: new Date(now).toISOString(), userId, sessionId: null, ...noClient })
  return { outcome: 'enabled' }
}
