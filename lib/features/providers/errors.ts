import { challenge } from '../../errors/challenges.js'
import { defineError } from '../../errors/define-error.js'

/** The provider did not answer in time, or not usefully. Nothing was changed. */
export const ProviderUnavailableError = defineError(
  'FAST_AUTH_PROVIDER_UNAVAILABLE',
  'The provider does not answer. Try again in a moment.',
  503,
  { 'retry-after': '5' },
)

/** The sign-in did not begin in this browser, or too long ago. */
export const ProviderFlowInvalidError = defineError(
  'FAST_AUTH_PROVIDER_FLOW_INVALID',
  'The sign-in has expired, or began in another browser: begin again',
  401,
  challenge,
)

/** The user refused or cancelled at the provider. */
export const ProviderDeniedError = defineError('FAST_AUTH_PROVIDER_DENIED', 'The sign-in was cancelled', 401, challenge)

/** The callback, the code or the ID token proves nothing: the same error, whatever the reason. */
export const ProviderAnswerInvalidError = defineError(
  'FAST_AUTH_PROVIDER_ANSWER_INVALID',
  'The answer of the provider is not valid here',
  401,
  challenge,
)

/** The provider gave no address that an account could have. */
export const ProviderEmailMissingError = defineError(
  'FAST_AUTH_PROVIDER_EMAIL_MISSING',
  'The provider gave no e-mail address, which an account needs',
  403,
)

/** The code was used, has expired, or belongs to another browser: the same error for all. */
export const ProviderCodeInvalidError = defineError(
  'FAST_AUTH_PROVIDER_CODE_INVALID',
  'The code is not valid here: begin again',
  401,
  challenge,
)

/** The sign-up did not begin in this browser, or too long ago. */
export const ProviderSignUpExpiredError = defineError(
  'FAST_AUTH_PROVIDER_SIGN_UP_EXPIRED',
  'The sign-up has expired: begin again',
  401,
  challenge,
)

/** The address has an account, which the identity is not linked to. Its owner may have got a message. */
export const AccountExistsError = defineError(
  'FAST_AUTH_ACCOUNT_EXISTS',
  'You have an account with this address: sign in as before, then link the provider',
  409,
)

/** The identity belongs to another user. */
export const IdentityInUseError = defineError(
  'FAST_AUTH_IDENTITY_IN_USE',
  'Another account is linked to this account of the provider',
  409,
)

/** The user has the maximum number of identities. */
export const IdentityLimitReachedError = defineError(
  'FAST_AUTH_IDENTITY_LIMIT_REACHED',
  'You have linked the maximum number of accounts: unlink one first',
  409,
)

/** The identity does not exist, or belongs to another user. */
export const IdentityNotFoundError = defineError('FAST_AUTH_IDENTITY_NOT_FOUND', 'You have no such identity', 404)
