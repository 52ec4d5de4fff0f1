import { withDeadline } from '../async/with-deadline.js'
import type { HookName } from '../events/hook-names.js'
import type { EpochMilliseconds } from '../storage/records.js'
import type { RequestOrigin } from '../telemetry/request-origin.js'
import type { Hooks } from './hooks.js'

/** The input that an operation provides: the user's full record, which the hook gets without its hash. */
export type HookInput<Name extends HookName> = Omit<Parameters<Hooks[Name]>[0], 'signal'> & {
  readonly now: EpochMilliseconds
}

/** The properties that all inputs have in common. */
export interface AnyHookInput {
  readonly user?: { readonly id: string }
  readonly userId?: string
  readonly sessionId?: string | null
  readonly client: RequestOrigin
  readonly now: EpochMilliseconds
}

interface Called {
  hook(context: object): unknown
}

/** Any hook. Declared as a method, so that hooks with different contexts are assignable. */
export type AnyHook = Called['hook']

export interface HookFailure {
  readonly reason: 'failed' | 'timed_out'
  readonly error: unknown
}

/** Removes from the input what a hook must not see: the hash and the internal clock. */
function context({ now: _, ...input }: AnyHookInput, signal: AbortSignal): object {
  if (input.user === undefined) return { ...input, signal }
  const { passwordHash: __, ...user } = input.user as { readonly id: string; readonly passwordHash?: unknown }
  return { ...input, user, signal }
}

/** Calls a hook with a timeout; returns `null` if it succeeds. Never throws. The result of a late hook is ignored. */
export async function hookFailure(
  hook: AnyHook,
  hookInput: AnyHookInput,
  timeoutMilliseconds: number,
): Promise<HookFailure | null> {
  const limit = new AbortController()
  const late = () => {
    limit.abort()
    return new Error(`The hook took longer than ${timeoutMilliseconds / 1000} seconds`)
  }
  const call = async () => hook(context(hookInput, limit.signal))
  try {
    await withDeadline(call(), { milliseconds: timeoutMilliseconds, late })
    return null
  } catch (error) {
    return { reason: limit.signal.aborted ? 'timed_out' : 'failed', error }
  }
}
