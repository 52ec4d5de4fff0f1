import { deleteMeRoute } from '../features/accounts/delete-me.route.js'
import { getMeRoute } from '../features/accounts/get-me.route.js'
import { signUpRoute } from '../features/accounts/sign-up.route.js'
import { updateMeRoute } from '../features/accounts/update-me.route.js'
import { createApiKeyRoute } from '../features/api-keys/create-api-key.route.js'
import { deleteApiKeyRoute } from '../features/api-keys/delete-api-key.route.js'
import { listApiKeysRoute } from '../features/api-keys/list-api-keys.route.js'
import { rollApiKeyRoute } from '../features/api-keys/roll-api-key.route.js'
import { confirmEmailRoute } from '../features/email/confirm-email.route.js'
import { confirmEmailChangeRoute } from '../features/email/confirm-email-change.route.js'
import { requestEmailChangeRoute } from '../features/email/request-email-change.route.js'
import { requestPasswordResetRoute } from '../features/email/request-password-reset.route.js'
import { resetPasswordRoute } from '../features/email/reset-password.route.js'
import { sendEmailConfirmationRoute } from '../features/email/send-email-confirmation.route.js'
import { changePasswordRoute } from '../features/passwords/change-password.route.js'
import type { EmailRoute, Route } from '../features/route-dependencies.js'
import { getJwksRoute } from '../features/sessions/get-jwks.route.js'
import { introspectTokenRoute } from '../features/sessions/introspect-token.route.js'
import { listSessionsRoute } from '../features/sessions/list-sessions.route.js'
import { refreshSessionRoute } from '../features/sessions/refresh-session.route.js'
import { revokeOtherSessionsRoute } from '../features/sessions/revoke-other-sessions.route.js'
import { revokeSessionRoute } from '../features/sessions/revoke-session.route.js'
import { signOutRoute } from '../features/sessions/sign-out.route.js'
import { signInRoute } from '../features/sign-in/sign-in.route.js'

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
