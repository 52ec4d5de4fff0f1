import type { HookName } from '../events/hook-names.js'
import type { EpochMilliseconds } from '../storage/storage.js'
import type { Hooks } from './hooks.js'
import type { RequestOrigin } from './request-origin.js'

/** What an operation knows of the moment: a user's record goes in as it is, and comes to the hook without its hash. */
export type HookInput<Name extends HookName> = Omit<Parameters<Hooks[Name]>[0], 'signal'> & {
  readonly now: EpochMilliseconds
}

/** Any of them, as far as they are alike. */
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

/** Any of them; as a method, so that each with its own occasion is one. */
export type AnyHook = Called['hook']

export interface HookFailure {
  readonly reason: 'failed' | 'timed_out'
  readonly error: unknown
}

/** What the hook may see: neither the hash nor our clock. */
function context({ now: _, ...told }: AnyHookInput, signal: AbortSignal): object {
  if (told.user === undefined) return { ...told, signal }
  const { passwordHash: __, ...user } = told.user as { readonly id: string; readonly passwordHash?: unknown }
  return { ...told, user, signal }
}

async function outcomeOf(call: () => unknown): Promise<HookFailure | null> {
  try {
    await call()
    return null
  } catch (error) {
    return { reason: 'failed', error }
  }
}

/** Calls a hook within its time; `null` where it ended well. Never throws. What it does when it is late, nobody waits for. */
export async function hookFailure(
  hook: AnyHook,
  hookInput: AnyHookInput,
  timeoutMilliseconds: number,
): Promise<HookFailure | null> {
  const limit = new AbortController()
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<HookFailure>(resolve => {
    timer = setTimeout(() => {
      const error = new Error(`The hook took longer than ${timeoutMilliseconds / 1000} seconds`)
      resolve({ reason: 'timed_out', error })
      limit.abort()
    }, timeoutMilliseconds)
  })
  const ended = outcomeOf(() => hook(context(hookInput, limit.signal)))
  const failure = await Promise.race([ended, late])
  clearTimeout(timer)
  return failure
}
