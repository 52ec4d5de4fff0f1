export { AuthError, type AuthErrorDetails, type ClientErrorCode } from './auth-error.js'
export { type AuthClient, type AuthClientOptions, createAuthClient } from './create-auth-client.js'
export type * from './generated/operations.js'
export type {
  OperationErrorCode,
  OperationFunctions,
  OperationId,
  OperationInput,
  OperationResult,
  OperationSettings,
} from './operation-functions.js'
export type { PasskeyErrorCode } from './passkeys/ceremony.js'
export type { PasskeyFunctions, WithPasskey } from './passkeys/passkey-functions.js'
export { type PasskeySupport, passkeySupport } from './passkeys/passkey-support.js'
export type { ProviderFunctions, ProviderSettings } from './providers/provider-functions.js'
export type {
  ProviderErrorCode,
  ProviderFailed,
  ProviderLinked,
  ProviderNotVisited,
  ProviderOutcome,
  ProviderRedirecting,
  ProviderSecondFactorRequired,
  ProviderSignedIn,
  ProviderSignUpRequired,
  WaitingSignIn,
} from './providers/provider-outcome.js'
export type { CurrentOrganization, SessionState, SignedInState, SignedOutState } from './session-state.js'
export type { TokenStore } from './token-store.js'
