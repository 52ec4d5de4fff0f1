import { InternalError, SignInRefusedError, SignUpRefusedError } from '../errors/index.js'
import type { AuthEvent } from '../events/auth-event.js'
import { eventContext } from '../events/event-context.js'
import type { HookName } from '../events/hook-names.js'
import { type AnyHook, type AnyHookInput, type HookFailure, type HookInput, hookFailure } from './hook-failure.js'
import type { HookDependencies } from './hooks.js'

type BeforeHookName = Extract<HookName, `before${string}`>
type AfterHookName = Exclude<HookName, BeforeHookName>

/** Dependencies for calling hooks and reporting their failures. */
export interface HookCallDependencies {
  readonly hooks: HookDependencies
  emit(event: AuthEvent): void
}

/** The error with which each hook may refuse, and how that is reported in events. */
const refusals = {
  beforeSignUp: { RefusedError: SignUpRefusedError, event: 'user_create_fail' },
  beforeSignIn: { RefusedError: SignInRefusedError, event: 'authn_login_fail' },
  beforeUserDelete: null,
} as const satisfies Record<BeforeHookName, object | null>

function about({ user, userId, sessionId = null, client, now }: AnyHookInput) {
  return eventContext({ userId: userId ?? user?.id ?? null, sessionId, client, now })
}

function emitHookFailure(
  { emit }: HookCallDependencies,
  hook: HookName,
  hookInput: AnyHookInput,
  { reason }: HookFailure,
): void {
  emit({ name: 'hook_failed', hook, reason, ...about(hookInput) })
}

async function callBeforeHook(
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

async function callAfterHook(
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
 * Calls a hook that may refuse the operation. It is called before anything is written; if it throws, nothing is written.
 * @throws {SignUpRefusedError} @throws {SignInRefusedError} as thrown by the hook, each from its own hook.
 * @throws {InternalError} for any other error, and if the hook takes too long.
 */
export function runBeforeHook<Name extends BeforeHookName>(
  dependencies: HookCallDependencies,
  name: Name,
  hookInput: HookInput<Name>,
): Promise<void> | undefined {
  const hook = dependencies.hooks.given[name]
  return hook === undefined ? undefined : callBeforeHook(dependencies, name, hook, hookInput)
}

/**
 * Calls a hook after the change is committed. If the hook throws or takes too long, the operation still succeeds: the failure is
 * logged and emitted as the event `hook_failed`.
 */
export function runAfterHook<Name extends AfterHookName>(
  dependencies: HookCallDependencies,
  name: Name,
  hookInput: HookInput<Name>,
): Promise<void> | undefined {
  const hook = dependencies.hooks.given[name]
  return hook === undefined ? undefined : callAfterHook(dependencies, name, hook, hookInput)
}

/** As `runAfterHook`, but the answer does not wait: its time would reveal what its content hides. */
export function runAfterHookLater<Name extends AfterHookName>(
  dependencies: HookCallDependencies,
  name: Name,
  hookInput: HookInput<Name>,
): void {
  const hook = dependencies.hooks.given[name]
  if (hook === undefined) return
  const { underWay } = dependencies.hooks
  const call = new Promise(setImmediate).then(() => callAfterHook(dependencies, name, hook, hookInput))
  underWay.add(call)
  call.finally(() => underWay.delete(call))
}
