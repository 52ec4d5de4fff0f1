import type { Letter } from '../letter.js'
import { addressTaken } from './address-taken.js'
import { changeEmail } from './change-email.js'
import { confirmEmail } from './confirm-email.js'
import { emailChangeRequested } from './email-change-requested.js'
import type { EmailContent, LetterInput } from './letter-wording.js'
import { passwordChanged } from './password-changed.js'
import { refreshTokenReused } from './refresh-token-reused.js'
import { resetPassword } from './reset-password.js'

/** What each kind of letter says where the application has no words of its own. */
export const letters: { readonly [Kind in Letter['kind']]: (input: LetterInput<Kind>) => EmailContent } = {
  confirmEmail,
  resetPassword,
  changeEmail,
  emailChangeRequested,
  passwordChanged,
  addressTaken,
  refreshTokenReused,
}
