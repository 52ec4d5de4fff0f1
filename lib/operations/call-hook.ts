import { InternalError, SignInRefusedError, SignUpRefusedError } from '../errors/index.js'
import type { HookName } from '../events/hook-names.js'
import type { EpochMilliseconds } from '../storage/storage.js'
import type { Dependencies, RequestOrigin } from './dependencies.js'
import { type AnyHook, type AnyHookInput, type HookFailure, type HookInput, hookFailure } from './hook-failure.js'
import type { SessionEndReason } from './hooks.js'

type BeforeHookName = Extract<HookName, `before${string}`>
type AfterHookName = Extract<HookName, `after${string}`>
export type HookCallDependencies = Pick<Dependencies, 'hooks' | 'emit'>

/** Which hook may refuse, with what, and what that is told as. */
const refusals = {
  beforeSignUp: { RefusedError: SignUpRefusedError, event: 'user_create_fail' },
  beforeSignIn: { RefusedError: SignInRefusedError, event: 'authn_login_fail' },
  beforeUserDelete: null,
} as const satisfies Record<BeforeHookName, object | null>

function about({ user, userId, sessionId = null, client, now }: AnyHookInput) {
  return { at: new Date(now).toISOString(), userId: userId ?? user?.id ?? null, sessionId, ...client }
}

function emitHookFailure(
  { emit }: HookCallDependencies,
  hook: HookName,
  hookInput: AnyHookInput,
  { reason }: HookFailure,
): void {
  emit({ name: 'hook_failed', hook, reason, ...about(hookInput) })
}

async function ask(
  dependencies: HookCallDependencies,
  name: BeforeHookName,
  hook: AnyHook,
  hookInput: AnyHookInput,
): Promise<void> {
  const failure = await hookFailure(hook, hookInput, dependencies.hooks.timeoutMilliseconds)
  if (failure === null) return
  const refusal = refusals[name]
  if (refusal !== null && failure.error instanceof refusal.RefusedError) {
    dependencies.emit({ name: refusal.event, reason: 'refused_by_hook', ...about(hookInput) })
    throw failure.error
  }
  emitHookFailure(dependencies, name, hookInput, failure)
  throw new InternalError({ cause: failure.error })
}

async function tell(
  dependencies: HookCallDependencies,
  name: AfterHookName,
  hook: AnyHook,
  hookInput: AnyHookInput,
): Promise<void> {
  const failure = await hookFailure(hook, hookInput, dependencies.hooks.timeoutMilliseconds)
  if (failure === null) return
  dependencies.hooks.onFailure(name, failure.error)
  emitHookFailure(dependencies, name, hookInput, failure)
}

/**
 * Asks a hook whether the operation may go on. Called before anything is written, and nothing is where it throws.
 * @throws {SignUpRefusedError} @throws {SignInRefusedError} as the hook has thrown them, each from its own hook.
 * @throws {InternalError} for anything else, and where the hook is late.
 */
export function runBeforeHook<Name extends BeforeHookName>(
  dependencies: HookCallDependencies,
  name: Name,
  hookInput: HookInput<Name>,
): Promise<void> | undefined {
  const hook = dependencies.hooks.given[name]
  return hook === undefined ? undefined : ask(dependencies, name, hook, hookInput)
}

/**
 * Tells a hook what has been committed. Where it throws or is late the operation has succeeded all the same: that is
 * logged, and told as the event `hook_failed`.
 */
export function runAfterHook<Name extends AfterHookName>(
  dependencies: HookCallDependencies,
  name: Name,
  hookInput: HookInput<Name>,
): Promise<void> | undefined {
  const hook = dependencies.hooks.given[name]
  return hook === undefined ? undefined : tell(dependencies, name, hook, hookInput)
}

/** The same for an answer that must not wait, since the time it takes would say what the answer doesn't. */
export function runAfterHookLater<Name extends AfterHookName>(
  dependencies: HookCallDependencies,
  name: Name,
  hookInput: HookInput<Name>,
): void {
  const hook = dependencies.hooks.given[name]
  if (hook === undefined) return
  const { underWay } = dependencies.hooks
  const told = new Promise(setImmediate).then(() => tell(dependencies, name, hook, hookInput))
  underWay.add(told)
  told.finally(() => underWay.delete(told))
}

export interface EndedSessions {
  readonly userId: string
  readonly reason: SessionEndReason
  readonly client: RequestOrigin
  readonly now: EpochMilliseconds
}

/** Tells `afterSessionEnd` of sessions that were ended in one step, of all of them at once. */
export function runSessionEndHook(
  dependencies: HookCallDependencies,
  sessionIds: readonly string[],
  ended: EndedSessions,
): Promise<unknown> | undefined {
  const hook = dependencies.hooks.given.afterSessionEnd
  if (hook === undefined) return undefined
  return Promise.all(sessionIds.map(sessionId => tell(dependencies, 'afterSessionEnd', hook, { ...ended, sessionId })))
}
