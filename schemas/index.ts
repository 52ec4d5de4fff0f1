import { Accepted } from './accepted.js'
import { ApiKey, NewApiKey } from './api-key.js'
import { AuthResponse } from './auth-response.js'
import { ChangePasswordBody } from './change-password.js'
import { ConfirmEmailBody } from './confirm-email.js'
import { ConfirmEmailChangeBody } from './confirm-email-change.js'
import { Confirmed } from './confirmed.js'
import { CreateApiKeyBody } from './create-api-key.js'
import { DeleteMeBody } from './delete-me.js'
import { ErrorResponse } from './error-response.js'
import { Jwks } from './get-jwks.js'
import { Me } from './get-me.js'
import { Introspection, IntrospectTokenBody } from './introspect-token.js'
import { ApiKeyList } from './list-api-keys.js'
import { SessionList } from './list-sessions.js'
import { RefreshTokenBody } from './refresh-session.js'
import { RequestEmailChangeBody } from './request-email-change.js'
import { RequestPasswordResetBody } from './request-password-reset.js'
import { ResetPasswordBody } from './reset-password.js'
import { RevokedSessions } from './revoke-other-sessions.js'
import { RollApiKeyBody } from './roll-api-key.js'
import { SendEmailConfirmationBody } from './send-email-confirmation.js'
import { ListedSession, Session } from './session.js'
import { SignInBody } from './sign-in.js'
import { ConfirmationRequired, SignUpBody } from './sign-up.js'
import { UpdatedUser, UpdateMeBody } from './update-me.js'
import { User } from './user.js'

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

export { Accepted } from './accepted.js'
export { ApiKey, NewApiKey } from './api-key.js'
export { AuthResponse } from './auth-response.js'
export { ChangePasswordBody, changePassword } from './change-password.js'
export { ConfirmEmailBody, confirmEmail } from './confirm-email.js'
export { ConfirmEmailChangeBody, confirmEmailChange } from './confirm-email-change.js'
export { Confirmed } from './confirmed.js'
export { CreateApiKeyBody, createApiKey } from './create-api-key.js'
export { DeleteApiKeyParams, deleteApiKey } from './delete-api-key.js'
export { DeleteMeBody, deleteMe } from './delete-me.js'
export { type BootErrorCode, bootErrorCodes, type ErrorCode, errorCodes } from './error-codes.js'
export { ErrorResponse, type FrameworkErrorCode, type Identifier } from './error-response.js'
export { getJwks, Jwks } from './get-jwks.js'
export { getMe, Me } from './get-me.js'
export { Introspection, IntrospectTokenBody, introspectToken } from './introspect-token.js'
export { ApiKeyList, ListApiKeysQuery, listApiKeys } from './list-api-keys.js'
export { ListSessionsQuery, listSessions, SessionList } from './list-sessions.js'
export type { OperationSchema } from './operation-schema.js'
export { type PasswordRule, passwordRules } from './password-rules.js'
export { RefreshTokenBody, refreshSession } from './refresh-session.js'
export { RequestEmailChangeBody, requestEmailChange } from './request-email-change.js'
export { RequestPasswordResetBody, requestPasswordReset } from './request-password-reset.js'
export { ResetPasswordBody, resetPassword } from './reset-password.js'
export { RevokedSessions, revokeOtherSessions } from './revoke-other-sessions.js'
export { RevokeSessionParams, revokeSession } from './revoke-session.js'
export { RollApiKeyBody, RollApiKeyParams, rollApiKey } from './roll-api-key.js'
export { SendEmailConfirmationBody, sendEmailConfirmation } from './send-email-confirmation.js'
export { ListedSession, Session } from './session.js'
export { SignInBody, signIn } from './sign-in.js'
export { signOut } from './sign-out.js'
export { ConfirmationRequired, SignUpBody, signUp } from './sign-up.js'
export { singleToken } from './single-token.js'
export { type TokenMode, tokenModes } from './token-mode.js'
export { UpdatedUser, UpdateMeBody, updateMe } from './update-me.js'
export { User } from './user.js'
