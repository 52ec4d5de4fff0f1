import { eventContext } from '../../events/event-context.js'
import type { EpochMilliseconds } from '../../storage/records.js'
import { noRequestOrigin } from '../../telemetry/request-origin.js'
import type { AdministrationDependencies } from '../dependencies.js'

/** The outcome of `app.fastAuth.enableUser`. */
export type UserEnabling = { readonly outcome: 'enabled' | 'unknownUser' }

/** Enables a disabled user: sign-ins and API keys work again. Not an error if the user was not disabled. */
export async function enableUser(
  { storage, emit }: Pick<AdministrationDependencies, 'emit' | 'storage'>,
  { userId, now }: { readonly userId: string; readonly now: EpochMilliseconds },
): Promise<UserEnabling> {
  const { outcome } = await storage.users.enable({ userId })
  if (outcome === 'unknown') return { outcome: 'unknownUser' }
  emit({ name: 'user_enabled', ...eventContext({ userId, sessionId: null, client: noRequestOrigin, now }) })
  return { outcome: 'enabled' }
}
