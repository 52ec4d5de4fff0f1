import { type TUnsafe, Type } from '@sinclair/typebox'
import type { Hooks } from '../operations/hooks.js'

function hook<Name extends keyof Hooks>(): TUnsafe<Hooks[Name]> {
  return Type.Unsafe<Hooks[Name]>(Type.Unknown())
}

/**
 * Functions of the application, each awaited. If a before-hook throws, nothing has changed. If an after-hook throws, the
 * change stays committed, the answer is still a success, and the event `hook_failed` is emitted.
 */
export const HookOptions = Type.Object(
  {
    /** How long a hook may take before it counts as failed. */
    timeoutSeconds: Type.Optional(Type.Number({ minimum: 0.1, maximum: 60, default: 5 })),
    /** Called after the password's rules, and before the lookup of the address. Throw a `SignUpRefusedError` to refuse. */
    beforeSignUp: Type.Optional(hook<'beforeSignUp'>()),
    /** Called after the user is stored. With `requireEmailConfirmation` the answer does not wait for it, so that its time does not reveal whether the address is taken. */
    afterSignUp: Type.Optional(hook<'afterSignUp'>()),
    /** Called after a right password, and not at a refresh or a sign-up. Throw a `SignInRefusedError` to refuse. */
    beforeSignIn: Type.Optional(hook<'beforeSignIn'>()),
    /** Called after the session is stored. Not called at a refresh or a sign-up. */
    afterSignIn: Type.Optional(hook<'afterSignIn'>()),
    /** Called after a password was changed, or reset with a mailed link. */
    afterPasswordChange: Type.Optional(hook<'afterPasswordChange'>()),
    /** Called after an address was confirmed: by its own link, by that of an address change, or by the first password reset. */
    afterEmailConfirm: Type.Optional(hook<'afterEmailConfirm'>()),
    /** Called for each session that was ended. Not called for sessions that expire. */
    afterSessionEnd: Type.Optional(hook<'afterSessionEnd'>()),
    /** Called after a right password, before the user is deleted. If it throws, the user is not deleted. */
    beforeUserDelete: Type.Optional(hook<'beforeUserDelete'>()),
    /** Called after the user and all their data are deleted. */
    afterUserDelete: Type.Optional(hook<'afterUserDelete'>()),
  },
  { additionalProperties: false },
)
