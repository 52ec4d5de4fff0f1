import { Type } from '@sinclair/typebox'

/** The second factor: authenticator apps and recovery codes. */
export const SecondFactorOptions = Type.Object({
  /**
   * Lets users protect their accounts with an authenticator app and recovery codes. `offered`: users may set it up. `required`:
   * until they have one, their sessions can only set it up, and every guard answers 403. Authenticator apps show
   * `email.appName`, or the host of `publicUrl`, or else `issuer`.
   *
   * With `off`, users have passwords only. If you turn it off later, users with a second factor cannot sign in, since the
   * storage still asks for it: clear it first, with `app.fastAuth.clearSecondFactor` or `fast-auth user clear-second-factor`.
   * @default 'off'
   * @example
   * ```ts
   * await app.register(fastAuth, { secrets, storage, secondFactor: 'offered' })
   * ```
   * @see RFC 6238; OWASP ASVS 5.0, 6.3.3
   */
  secondFactor: Type.Optional(
    Type.Unsafe<'off' | 'offered' | 'required'>(Type.String({ enum: ['off', 'offered', 'required'], default: 'off' })),
  ),
})
