/** Made from openapi.yml by "npm run client": change the schemas, not this. */

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
  /** Open a session with address and password */
  signIn: { data: SignInData; error: SignInError; responses: SignInResponses }
  /** Trade a refresh token for its successor and a new access token */
  refreshSession: { data: RefreshSessionData; error: RefreshSessionError; responses: RefreshSessionResponses }
  /** End the session and expire the cookies */
  signOut: { data: SignOutData; error: SignOutError; responses: SignOutResponses }
  /** Who am I? */
  getMe: { data: GetMeData; error: GetMeError; responses: GetMeResponses }
  /** Delete the account, for good */
  deleteMe: { data: DeleteMeData; error: DeleteMeError; responses: DeleteMeResponses }
  /** Change one's profile, and one's user name where users have such */
  updateMe: { data: UpdateMeData; error: UpdateMeError; responses: UpdateMeResponses }
  /** Where am I signed in? */
  listSessions: { data: ListSessionsData; error: ListSessionsError; responses: ListSessionsResponses }
  /** End every session but this one */
  revokeOtherSessions: { data: RevokeOtherSessionsData; error: RevokeOtherSessionsError; responses: RevokeOtherSessionsResponses }
  /** End one session */
  revokeSession: { data: RevokeSessionData; error: RevokeSessionError; responses: RevokeSessionResponses }
  /** Set a new password, knowing the present one */
  changePassword: { data: ChangePasswordData; error: ChangePasswordError; responses: ChangePasswordResponses }
  /** Make an API key */
  createApiKey: { data: CreateApiKeyData; error: CreateApiKeyError; responses: CreateApiKeyResponses }
  /** Which API keys have I? */
  listApiKeys: { data: ListApiKeysData; error: ListApiKeysError; responses: ListApiKeysResponses }
  /** Give an API key a successor */
  rollApiKey: { data: RollApiKeyData; error: RollApiKeyError; responses: RollApiKeyResponses }
  /** Delete an API key */
  deleteApiKey: { data: DeleteApiKeyData; error: DeleteApiKeyError; responses: DeleteApiKeyResponses }
  /** Is this token good? */
  introspectToken: { data: IntrospectTokenData; error: IntrospectTokenError; responses: IntrospectTokenResponses }
  /** The public keys that access tokens are verified with */
  getJwks: { data: GetJwksData; error: GetJwksError; responses: GetJwksResponses }
  /** Mail the confirmation link again */
  sendEmailConfirmation: { data: SendEmailConfirmationData; error: SendEmailConfirmationError; responses: SendEmailConfirmationResponses }
  /** Prove an address */
  confirmEmail: { data: ConfirmEmailData; error: ConfirmEmailError; responses: ConfirmEmailResponses }
  /** I have forgotten my password */
  requestPasswordReset: { data: RequestPasswordResetData; error: RequestPasswordResetError; responses: RequestPasswordResetResponses }
  /** Set a new password with a mailed token */
  resetPassword: { data: ResetPasswordData; error: ResetPasswordError; responses: ResetPasswordResponses }
  /** Ask for another address */
  requestEmailChange: { data: RequestEmailChangeData; error: RequestEmailChangeError; responses: RequestEmailChangeResponses }
  /** Prove a new address */
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
