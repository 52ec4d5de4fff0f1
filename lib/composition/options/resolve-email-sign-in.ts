import { OptionInvalidError } from '../../errors/index.js'
import type { EmailSignInSettings } from '../../features/email-codes/options.js'
import type { FastAuthOptions } from './options-schema.js'

/**
 * Returns the settings of mailed sign-in codes; `null` without the option.
 * @throws {OptionInvalidError} The option contradicts another.
 */
export function resolveEmailSignIn({
  emailSignIn,
  email,
  profileSchema,
}: Pick<FastAuthOptions, 'emailSignIn' | 'email' | 'profileSchema'>): EmailSignInSettings | null {
  if (emailSignIn === undefined) return null
  const { signUp = false } = emailSignIn
  if (email === undefined)
    throw new OptionInvalidError('The option "emailSignIn" of fast-auth needs the option "email"')
  const [required]: readonly string[] = Object(profileSchema).required ?? []
  if (signUp && required !== undefined)
    throw new OptionInvalidError(
      `The option "emailSignIn.signUp" of fast-auth creates users without a profile, so "profileSchema" must not require "${required}": make it Type.Optional`,
    )
  return { signUp }
}
