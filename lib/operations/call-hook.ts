import { InternalError, SignInRefusedError, SignUpRefusedError } from '../errors/index.js'
import type { HookName } from '../events/hook-names.js'
import type { Instant } from '../storage/storage.js'
import { type AnyHook, type AnyMoment, type HookFailure, hookFailure, type Moment } from './hook-failure.js'
import type { SessionEndReason } from './hooks.js'
import type { Client, Rooms } from './rooms.js'

type BeforeHookName = Extract<HookName, `before${string}`>
type AfterHookName = Extract<HookName, `after${string}`>
export type CallingRooms = Pick<Rooms, 'hooks' | 'emit'>

/** Which hook may refuse, with what, and what that is told as. */
const refusals = {
  beforeSignUp: { RefusedError: SignUpRefusedError, event: 'user_create_fail' },
  beforeSignIn: { RefusedError: SignInRefusedError, event: 'authn_login_fail' },
  beforeUserDelete: null,
} as const satisfies Record<BeforeHookName, object | null>

function about({ user, userId, sessionId = null, client, now }: AnyMoment) {
  return { at: new Date(now).toISOString(), userId: userId ?? user?.id ?? null, sessionId, ...client }
}

function tellFailure({ emit }: CallingRooms, hook: HookName, moment: AnyMoment, { reason }: HookFailure): void {
  emit({ name: 'hook_failed', hook, reason, ...about(moment) })
}

async function ask(rooms: CallingRooms, name: BeforeHookName, hook: AnyHook, moment: AnyMoment): Promise<void> {
  const failure = await hookFailure(hook, moment, rooms.hooks.timeoutMilliseconds)
  if (failure === null) return
  const refusal = refusals[name]
  if (refusal !== null && failure.error instanceof refusal.RefusedError) {
    rooms.emit({ name: refusal.event, reason: 'refused_by_hook', ...about(moment) })
    throw failure.error
  }
  tellFailure(rooms, name, moment, failure)
  throw new InternalError({ cause: failure.error })
}

async function tell(rooms: CallingRooms, name: AfterHookName, hook: AnyHook, moment: AnyMoment): Promise<void> {
  const failure = await hookFailure(hook, moment, rooms.hooks.timeoutMilliseconds)
  if (failure === null) return
  rooms.hooks.onFailure(name, failure.error)
  tellFailure(rooms, name, moment, failure)
}

/**
 * Asks a hook whether the operation may go on. Called before anything is written, and nothing is where it throws.
 * @throws {SignUpRefusedError} @throws {SignInRefusedError} as the hook has thrown them, each from its own hook.
 * @throws {InternalError} for anything else, and where the hook is late.
 */
export function askHook<Name extends BeforeHookName>(
  rooms: CallingRooms,
  name: Name,
  moment: Moment<Name>,
): Promise<void> | undefined {
  const hook = rooms.hooks.given[name]
  return hook === undefined ? undefined : ask(rooms, name, hook, moment)
}

/**
 * Tells a hook what has been committed. Where it throws or is late the operation has succeeded all the same: that is
 * logged, and told as the event `hook_failed`.
 */
export function tellHook<Name extends AfterHookName>(
  rooms: CallingRooms,
  name: Name,
  moment: Moment<Name>,
): Promise<void> | undefined {
  const hook = rooms.hooks.given[name]
  return hook === undefined ? undefined : tell(rooms, name, hook, moment)
}

/** The same for an answer that must not wait, since the time it takes would say what the answer doesn't. */
export function tellHookLater<Name extends AfterHookName>(rooms: CallingRooms, name: Name, moment: Moment<Name>): void {
  const hook = rooms.hooks.given[name]
  if (hook === undefined) return
  const { underWay } = rooms.hooks
  const told = new Promise(setImmediate).then(() => tell(rooms, name, hook, moment))
  underWay.add(told)
  told.finally(() => underWay.delete(told))
}

export interface EndedSessions {
  readonly userId: string
  readonly reason: SessionEndReason
  readonly client: Client
  readonly now: Instant
}

/** Tells `afterSessionEnd` of sessions that were ended in one step, of all of them at once. */
export function tellSessionsEnded(
  rooms: CallingRooms,
  sessionIds: readonly string[],
  ended: EndedSessions,
): Promise<unknown> | undefined {
  const hook = rooms.hooks.given.afterSessionEnd
  if (hook === undefined) return undefined
  return Promise.all(sessionIds.map(sessionId => tell(rooms, 'afterSessionEnd', hook, { ...ended, sessionId })))
}
