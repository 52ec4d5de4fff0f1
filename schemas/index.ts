import { DeleteMeBody } from './accounts/delete-me.js'
import { Me } from './accounts/get-me.js'
import { ConfirmationRequired, SignUpBody } from './accounts/sign-up.js'
import { UpdatedUser, UpdateMeBody } from './accounts/update-me.js'
import { User } from './accounts/user.js'
import { ApiKey, NewApiKey } from './api-keys/api-key.js'
import { CreateApiKeyBody } from './api-keys/create-api-key.js'
import { ApiKeyList } from './api-keys/list-api-keys.js'
import { RollApiKeyBody } from './api-keys/roll-api-key.js'
import { Accepted } from './email/accepted.js'
import { ConfirmEmailBody } from './email/confirm-email.js'
import { ConfirmEmailChangeBody } from './email/confirm-email-change.js'
import { Confirmed } from './email/confirmed.js'
import { RequestEmailChangeBody } from './email/request-email-change.js'
import { RequestPasswordResetBody } from './email/request-password-reset.js'
import { ResetPasswordBody } from './email/reset-password.js'
import { SendEmailConfirmationBody } from './email/send-email-confirmation.js'
import { ErrorResponse } from './error-response.js'
import { ChangePasswordBody } from './passwords/change-password.js'
import { AuthResponse } from './sessions/auth-response.js'
import { Jwks } from './sessions/get-jwks.js'
import { Introspection, IntrospectTokenBody } from './sessions/introspect-token.js'
import { SessionList } from './sessions/list-sessions.js'
import { RefreshTokenBody } from './sessions/refresh-session.js'
import { RevokedSessions } from './sessions/revoke-other-sessions.js'
import { ListedSession, Session } from './sessions/session.js'
import { SignInBody } from './sign-in/sign-in.js'

/** The schemas with a name in the OpenAPI document. */
export const namedSchemas = [
  User,
  Session,
  ListedSession,
  AuthResponse,
  SignUpBody,
  SignInBody,
  RefreshTokenBody,
  Me,
  SessionList,
  RevokedSessions,
  ApiKey,
  NewApiKey,
  ApiKeyList,
  CreateApiKeyBody,
  RollApiKeyBody,
  ConfirmationRequired,
  ChangePasswordBody,
  UpdateMeBody,
  UpdatedUser,
  DeleteMeBody,
  SendEmailConfirmationBody,
  ConfirmEmailBody,
  RequestPasswordResetBody,
  ResetPasswordBody,
  RequestEmailChangeBody,
  ConfirmEmailChangeBody,
  IntrospectTokenBody,
  Introspection,
  Jwks,
  Accepted,
  Confirmed,
  ErrorResponse,
] as const

export { DeleteMeBody, deleteMe } from './accounts/delete-me.js'
export { getMe, Me } from './accounts/get-me.js'
export { ConfirmationRequired, SignUpBody, signUp } from './accounts/sign-up.js'
export { UpdatedUser, UpdateMeBody, updateMe } from './accounts/update-me.js'
export { User } from './accounts/user.js'
export { ApiKey, NewApiKey } from './api-keys/api-key.js'
export { CreateApiKeyBody, createApiKey } from './api-keys/create-api-key.js'
export { DeleteApiKeyParams, deleteApiKey } from './api-keys/delete-api-key.js'
export { ApiKeyList, ListApiKeysQuery, listApiKeys } from './api-keys/list-api-keys.js'
export { RollApiKeyBody, RollApiKeyParams, rollApiKey } from './api-keys/roll-api-key.js'
export { Accepted } from './email/accepted.js'
export { ConfirmEmailBody, confirmEmail } from './email/confirm-email.js'
export { ConfirmEmailChangeBody, confirmEmailChange } from './email/confirm-email-change.js'
export { Confirmed } from './email/confirmed.js'
export { RequestEmailChangeBody, requestEmailChange } from './email/request-email-change.js'
export { RequestPasswordResetBody, requestPasswordReset } from './email/request-password-reset.js'
export { ResetPasswordBody, resetPassword } from './email/reset-password.js'
export { SendEmailConfirmationBody, sendEmailConfirmation } from './email/send-email-confirmation.js'
export { type BootErrorCode, bootErrorCodes, type ErrorCode, errorCodes } from './error-codes.js'
export { ErrorResponse, type FrameworkErrorCode, type Identifier } from './error-response.js'
export type { OperationSchema } from './operation-schema.js'
export { ChangePasswordBody, changePassword } from './passwords/change-password.js'
export { type PasswordRule, passwordRules } from './passwords/password-rules.js'
export { AuthResponse } from './sessions/auth-response.js'
export { getJwks, Jwks } from './sessions/get-jwks.js'
export { Introspection, IntrospectTokenBody, introspectToken } from './sessions/introspect-token.js'
export { ListSessionsQuery, listSessions, SessionList } from './sessions/list-sessions.js'
export { RefreshTokenBody, refreshSession } from './sessions/refresh-session.js'
export { RevokedSessions, revokeOtherSessions } from './sessions/revoke-other-sessions.js'
export { RevokeSessionParams, revokeSession } from './sessions/revoke-session.js'
export { ListedSession, Session } from './sessions/session.js'
export { signOut } from './sessions/sign-out.js'
export { singleToken } from './sessions/single-token.js'
export { type TokenMode, tokenModes } from './sessions/token-mode.js'
export { SignInBody, signIn } from './sign-in/sign-in.js'
