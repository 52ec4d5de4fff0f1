import { changePasswordRoute } from './change-password.js'
import { confirmEmailRoute } from './confirm-email.js'
import { confirmEmailChangeRoute } from './confirm-email-change.js'
import { createApiKeyRoute } from './create-api-key.js'
import { deleteApiKeyRoute } from './delete-api-key.js'
import { deleteMeRoute } from './delete-me.js'
import { getJwksRoute } from './get-jwks.js'
import { getMeRoute } from './get-me.js'
import { introspectTokenRoute } from './introspect-token.js'
import { listApiKeysRoute } from './list-api-keys.js'
import { listSessionsRoute } from './list-sessions.js'
import { refreshSessionRoute } from './refresh-session.js'
import { requestEmailChangeRoute } from './request-email-change.js'
import { requestPasswordResetRoute } from './request-password-reset.js'
import { resetPasswordRoute } from './reset-password.js'
import { revokeOtherSessionsRoute } from './revoke-other-sessions.js'
import { revokeSessionRoute } from './revoke-session.js'
import { rollApiKeyRoute } from './roll-api-key.js'
import type { EmailRoute, Route } from './route-dependencies.js'
import { sendEmailConfirmationRoute } from './send-email-confirmation.js'
import { signInRoute } from './sign-in.js'
import { signOutRoute } from './sign-out.js'
import { signUpRoute } from './sign-up.js'
import { updateMeRoute } from './update-me.js'

/** In the order of the OpenAPI document. */
export const routes: readonly Route[] = [
  signUpRoute,
  signInRoute,
  refreshSessionRoute,
  signOutRoute,
  getMeRoute,
  deleteMeRoute,
  listSessionsRoute,
  revokeSessionRoute,
  revokeOtherSessionsRoute,
  changePasswordRoute,
  createApiKeyRoute,
  listApiKeysRoute,
  rollApiKeyRoute,
  deleteApiKeyRoute,
  introspectTokenRoute,
  getJwksRoute,
]

/** Routes that exist only if users have profile fields or may have user names. */
export const profileRoutes: readonly Route[] = [updateMeRoute]

/** Routes that exist only with a sender, in the order of the OpenAPI document. */
export const emailRoutes: readonly EmailRoute[] = [
  sendEmailConfirmationRoute,
  confirmEmailRoute,
  requestPasswordResetRoute,
  resetPasswordRoute,
  requestEmailChangeRoute,
  confirmEmailChangeRoute,
]
