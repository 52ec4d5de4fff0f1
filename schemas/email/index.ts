import { Accepted } from './accepted.js'
import { ConfirmEmailBody } from './confirm-email.js'
import { ConfirmEmailChangeBody } from './confirm-email-change.js'
import { Confirmed } from './confirmed.js'
import { RequestEmailChangeBody } from './request-email-change.js'
import { RequestPasswordResetBody } from './request-password-reset.js'
import { ResetPasswordBody } from './reset-password.js'
import { SendEmailConfirmationBody } from './send-email-confirmation.js'

/** The schemas of the e-mail flows with a name in the OpenAPI document. */
export const emailSchemas = [
  Accepted,
  Confirmed,
  SendEmailConfirmationBody,
  ConfirmEmailBody,
  RequestPasswordResetBody,
  ResetPasswordBody,
  RequestEmailChangeBody,
  ConfirmEmailChangeBody,
] as const

export { Accepted } from './accepted.js'
export { ConfirmEmailBody, confirmEmail } from './confirm-email.js'
export { ConfirmEmailChangeBody, confirmEmailChange } from './confirm-email-change.js'
export { Confirmed } from './confirmed.js'
export {
  RequestEmailChangeBody,
  requestEmailChange,
  requestEmailChangeWithRecentProof,
} from './request-email-change.js'
export { RequestPasswordResetBody, requestPasswordReset } from './request-password-reset.js'
export { ResetPasswordBody, resetPassword } from './reset-password.js'
export { SendEmailConfirmationBody, sendEmailConfirmation } from './send-email-confirmation.js'
