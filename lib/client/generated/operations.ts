/** Generated from openapi.yml by "npm run client": change the schemas, not this file. */

import type {
  ChangePasswordData,
  ChangePasswordError,
  ChangePasswordResponses,
  ConfirmEmailChangeData,
  ConfirmEmailChangeError,
  ConfirmEmailChangeResponses,
  ConfirmEmailData,
  ConfirmEmailError,
  ConfirmEmailResponses,
  CreateApiKeyData,
  CreateApiKeyError,
  CreateApiKeyResponses,
  DeleteApiKeyData,
  DeleteApiKeyError,
  DeleteApiKeyResponses,
  DeleteMeData,
  DeleteMeError,
  DeleteMeResponses,
  GetJwksData,
  GetJwksError,
  GetJwksResponses,
  GetMeData,
  GetMeError,
  GetMeResponses,
  IntrospectTokenData,
  IntrospectTokenError,
  IntrospectTokenResponses,
  ListApiKeysData,
  ListApiKeysError,
  ListApiKeysResponses,
  ListSessionsData,
  ListSessionsError,
  ListSessionsResponses,
  RefreshSessionData,
  RefreshSessionError,
  RefreshSessionResponses,
  RequestEmailChangeData,
  RequestEmailChangeError,
  RequestEmailChangeResponses,
  RequestPasswordResetData,
  RequestPasswordResetError,
  RequestPasswordResetResponses,
  ResetPasswordData,
  ResetPasswordError,
  ResetPasswordResponses,
  RevokeOtherSessionsData,
  RevokeOtherSessionsError,
  RevokeOtherSessionsResponses,
  RevokeSessionData,
  RevokeSessionError,
  RevokeSessionResponses,
  RollApiKeyData,
  RollApiKeyError,
  RollApiKeyResponses,
  SendEmailConfirmationData,
  SendEmailConfirmationError,
  SendEmailConfirmationResponses,
  SignInData,
  SignInError,
  SignInResponses,
  SignOutData,
  SignOutError,
  SignOutResponses,
  SignUpData,
  SignUpError,
  SignUpResponses,
  UpdateMeData,
  UpdateMeError,
  UpdateMeResponses,
} from './document.js'

export interface Operations {
  /** Create an account and sign in */
  signUp: { data: SignUpData; error: SignUpError; responses: SignUpResponses }
  /** Sign in with email address and password */
  signIn: { data: SignInData; error: SignInError; responses: SignInResponses }
  /** Exchange a refresh token for a new token pair */
  refreshSession: { data: RefreshSessionData; error: RefreshSessionError; responses: RefreshSessionResponses }
  /** End the session and expire the cookies */
  signOut: { data: SignOutData; error: SignOutError; responses: SignOutResponses }
  /** Get the authenticated user */
  getMe: { data: GetMeData; error: GetMeError; responses: GetMeResponses }
  /** Delete the account permanently */
  deleteMe: { data: DeleteMeData; error: DeleteMeError; responses: DeleteMeResponses }
  /** Change the profile, and the user name if the server has user names */
  updateMe: { data: UpdateMeData; error: UpdateMeError; responses: UpdateMeResponses }
  /** List the sessions of the user */
  listSessions: { data: ListSessionsData; error: ListSessionsError; responses: ListSessionsResponses }
  /** End every session except the current one */
  revokeOtherSessions: { data: RevokeOtherSessionsData; error: RevokeOtherSessionsError; responses: RevokeOtherSessionsResponses }
  /** End one session */
  revokeSession: { data: RevokeSessionData; error: RevokeSessionError; responses: RevokeSessionResponses }
  /** Change the password */
  changePassword: { data: ChangePasswordData; error: ChangePasswordError; responses: ChangePasswordResponses }
  /** Create an API key */
  createApiKey: { data: CreateApiKeyData; error: CreateApiKeyError; responses: CreateApiKeyResponses }
  /** List the API keys of the user */
  listApiKeys: { data: ListApiKeysData; error: ListApiKeysError; responses: ListApiKeysResponses }
  /** Replace an API key with a new one */
  rollApiKey: { data: RollApiKeyData; error: RollApiKeyError; responses: RollApiKeyResponses }
  /** Delete an API key */
  deleteApiKey: { data: DeleteApiKeyData; error: DeleteApiKeyError; responses: DeleteApiKeyResponses }
  /** Check whether a token is active */
  introspectToken: { data: IntrospectTokenData; error: IntrospectTokenError; responses: IntrospectTokenResponses }
  /** Get the public keys that verify access tokens */
  getJwks: { data: GetJwksData; error: GetJwksError; responses: GetJwksResponses }
  /** Send the confirmation link again */
  sendEmailConfirmation: { data: SendEmailConfirmationData; error: SendEmailConfirmationError; responses: SendEmailConfirmationResponses }
  /** Confirm an email address */
  confirmEmail: { data: ConfirmEmailData; error: ConfirmEmailError; responses: ConfirmEmailResponses }
  /** Request a password reset */
  requestPasswordReset: { data: RequestPasswordResetData; error: RequestPasswordResetError; responses: RequestPasswordResetResponses }
  /** Set a new password with a mailed token */
  resetPassword: { data: ResetPasswordData; error: ResetPasswordError; responses: ResetPasswordResponses }
  /** Request a change of the email address */
  requestEmailChange: { data: RequestEmailChangeData; error: RequestEmailChangeError; responses: RequestEmailChangeResponses }
  /** Confirm a new email address */
  confirmEmailChange: { data: ConfirmEmailChangeData; error: ConfirmEmailChangeError; responses: ConfirmEmailChangeResponses }
}

/** Method, and path under the base URL. */
export const operations: Readonly<Record<keyof Operations, readonly [method: string, path: string]>> = {
  signUp: ['POST', '/sign-up'],
  signIn: ['POST', '/sign-in'],
  refreshSession: ['POST', '/refresh'],
  signOut: ['POST', '/sign-out'],
  getMe: ['GET', '/me'],
  deleteMe: ['DELETE', '/me'],
  updateMe: ['PATCH', '/me'],
  listSessions: ['GET', '/sessions'],
  revokeOtherSessions: ['DELETE', '/sessions'],
  revokeSession: ['DELETE', '/sessions/{id}'],
  changePassword: ['POST', '/password/change'],
  createApiKey: ['POST', '/api-keys'],
  listApiKeys: ['GET', '/api-keys'],
  rollApiKey: ['POST', '/api-keys/{id}/roll'],
  deleteApiKey: ['DELETE', '/api-keys/{id}'],
  introspectToken: ['POST', '/tokens/introspect'],
  getJwks: ['GET', '/.well-known/jwks.json'],
  sendEmailConfirmation: ['POST', '/email/confirm/send'],
  confirmEmail: ['POST', '/email/confirm'],
  requestPasswordReset: ['POST', '/password/forgot'],
  resetPassword: ['POST', '/password/reset'],
  requestEmailChange: ['POST', '/email/change'],
  confirmEmailChange: ['POST', '/email/change/confirm'],
}
