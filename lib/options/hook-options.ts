import { type TUnsafe, Type } from '@sinclair/typebox'
import type { Hooks } from '../operations/hooks.js'

function hook<Name extends keyof Hooks>(): TUnsafe<Hooks[Name]> {
  return Type.Unsafe<Hooks[Name]>(Type.Unknown())
}

/**
 * Code of your own at the right moments, awaited. Where a before-hook throws, nothing has happened. Where an after-hook
 * throws, what was committed stays, the answer is the success that it would have been, and the event `hook_failed` says so.
 */
export const HookOptions = Type.Object(
  {
    /** How long a hook may take, before it counts as having thrown. */
    timeoutSeconds: Type.Optional(Type.Number({ minimum: 0.1, maximum: 60, default: 5 })),
    /** Called after the password's rules, and before anybody looks whether the address is taken. Throw a `SignUpRefusedError` to refuse. */
    beforeSignUp: Type.Optional(hook<'beforeSignUp'>()),
    /** The user is stored. With `requireEmailConfirmation` the answer doesn't wait for it, so that its time says nothing of the address. */
    afterSignUp: Type.Optional(hook<'afterSignUp'>()),
    /** Called after a right password, and not at a refresh or a sign-up. Throw a `SignInRefusedError` to refuse. */
    beforeSignIn: Type.Optional(hook<'beforeSignIn'>()),
    /** The session is stored. Not called at a refresh or a sign-up. */
    afterSignIn: Type.Optional(hook<'afterSignIn'>()),
    /** A password was changed, or reset with a mailed link. */
    afterPasswordChange: Type.Optional(hook<'afterPasswordChange'>()),
    /** An address was proven: by its own link, by that of an address change, or by the first password reset. */
    afterEmailConfirm: Type.Optional(hook<'afterEmailConfirm'>()),
    /** A session was ended, called for each of them. Not where one expires: nobody is there then. */
    afterSessionEnd: Type.Optional(hook<'afterSessionEnd'>()),
    /** The password is right, and the user is there yet. If it throws, they stay. */
    beforeUserDelete: Type.Optional(hook<'beforeUserDelete'>()),
    /** The user is gone, with all that was theirs. */
    afterUserDelete: Type.Optional(hook<'afterUserDelete'>()),
  },
  { additionalProperties: false },
)
