import type { EpochMilliseconds } from '../storage/storage.js'
import type { AdministrationDependencies } from './dependencies.js'
import { noRequestOrigin } from './request-origin.js'

export type UserEnabling = { readonly outcome: 'enabled' | 'unknownUser' }

/** Takes back a disabling: the user signs in again, and their API keys are good again. Not an error where there was none. */
export async function enableUser(
  { storage, emit }: AdministrationDependencies,
  { userId, now }: { readonly userId: string; readonly now: EpochMilliseconds },
): Promise<UserEnabling> {
  const { outcome } = await storage.users.enable({ userId })
  if (outcome === 'unknown') return { outcome: 'unknownUser' }
  emit({ name: 'user_enabled', at: new Date(now).toISOString(), userId, sessionId: null, ...noRequestOrigin })
  return { outcome: 'enabled' }
}
