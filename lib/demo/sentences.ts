import type { AuthError } from '../client/index.js'

const sentences: ReadonlyMap<string, string> = new Map([
  ['FAST_AUTH_INVALID_CREDENTIALS', 'The address or the password is wrong.'],
  ['FAST_AUTH_EMAIL_NOT_CONFIRMED', 'This address is not confirmed yet. Open the link in the message first.'],
  ['FAST_AUTH_USER_EXISTS', 'An account with this address already exists.'],
  ['FAST_AUTH_USER_DISABLED', 'This account is disabled.'],
  ['FAST_AUTH_API_KEY_LIMIT_REACHED', 'You have the maximum number of API keys. Delete one first.'],
  ['FAST_AUTH_SESSION_NOT_FOUND', 'The session has already ended.'],
  ['FAST_AUTH_API_KEY_NOT_FOUND', 'The API key is already deleted.'],
  ['FAST_AUTH_SECOND_FACTOR_INVALID', 'The code is wrong, or was used before. Wait for the next code of the app.'],
  ['FAST_AUTH_SIGN_IN_EXPIRED', 'The sign-in took too long. Please begin again.'],
  ['FAST_AUTH_SIGN_IN_CODE_INVALID', 'The code is wrong or no longer valid. Check it, or ask for another one.'],
  ['FAST_AUTH_RECENT_SIGN_IN_REQUIRED', 'This needs your password again. If you have none, sign in again.'],
  ['FAST_AUTH_SECOND_FACTOR_REQUIRED', 'This needs your second factor.'],
  ['FAST_AUTH_SECOND_FACTOR_SETUP_REQUIRED', 'Set up a second factor first.'],
  ['FAST_AUTH_TOTP_ALREADY_SET', 'You already have an authenticator app.'],
  ['FAST_AUTH_TOTP_NOT_FOUND', 'The set-up has expired. Begin again.'],
  ['FAST_AUTH_PASSKEY_INVALID', 'This passkey is not accepted. It may have been removed from your account.'],
  ['FAST_AUTH_PASSKEY_REGISTRATION_INVALID', 'That took too long. Please add the passkey again.'],
  ['FAST_AUTH_PASSKEY_ALREADY_REGISTERED', 'This device or password manager already has a passkey of your account.'],
  ['FAST_AUTH_PASSKEY_LIMIT_REACHED', 'You have the maximum number of passkeys. Remove one first.'],
  ['FAST_AUTH_PASSKEY_NOT_FOUND', 'The passkey is already removed.'],
  ['FAST_AUTH_LAST_SIGN_IN_METHOD', 'This is your only way to sign in, so it stays.'],
  ['FAST_AUTH_PROVIDER_DENIED', 'You have cancelled the sign-in at the provider.'],
  ['FAST_AUTH_PROVIDER_FLOW_INVALID', 'The sign-in took too long, or began in another browser. Please begin again.'],
  ['FAST_AUTH_PROVIDER_ANSWER_INVALID', 'The answer of the provider is not accepted. Please try again.'],
  ['FAST_AUTH_PROVIDER_EMAIL_MISSING', 'The provider does not share your address. Allow it there, or sign up here.'],
  ['FAST_AUTH_PROVIDER_UNAVAILABLE', 'The provider does not answer. Please try again later.'],
  [
    'FAST_AUTH_ACCOUNT_EXISTS',
    'An account with this address already exists. Sign in as before, and then link the provider in your account.',
  ],
  ['FAST_AUTH_IDENTITY_IN_USE', 'This account at the provider is linked to another user.'],
  ['FAST_AUTH_IDENTITY_LIMIT_REACHED', 'You have the maximum number of linked accounts. Unlink one first.'],
  ['FAST_AUTH_IDENTITY_NOT_FOUND', 'The account is already unlinked.'],
  ['FAST_AUTH_ORGANIZATION_NOT_FOUND', 'You are not a member of this organisation any more.'],
  ['FAST_AUTH_ORGANIZATION_LIMIT_REACHED', 'You have the maximum number of organisations. Delete one first.'],
  ['FAST_AUTH_ORGANIZATION_FULL', 'The organisation has the maximum number of members and invitations.'],
  ['FAST_AUTH_ROLE_REQUIRED', 'Your role in the organisation does not allow this.'],
  ['FAST_AUTH_MEMBER_NOT_FOUND', 'This user is not a member any more.'],
  ['FAST_AUTH_INVITATION_NOT_FOUND', 'The invitation is already used or withdrawn.'],
  [
    'FAST_AUTH_LAST_OWNER',
    'An organisation needs an owner. Make another member an owner first, or delete the organisation.',
  ],
  ['PASSKEY_UNSUPPORTED', 'Your browser or device does not support passkeys.'],
  ['PASSKEY_FAILURE', 'Your browser could not use a passkey on this page.'],
  // The user has closed the dialog, and knows it.
  ['PASSKEY_CANCELLED', ''],
  ['ABORTED', ''],
  ['NETWORK_FAILURE', 'The server could not be reached. Please try again.'],
])

/** Returns the text that the user sees for an error. It is empty if there is nothing to say. */
export function sentenceFor({
  code,
  message,
  retryAfterSeconds,
}: Pick<AuthError, 'code' | 'message' | 'retryAfterSeconds'>): string {
  if (retryAfterSeconds !== undefined)
    return `Too many requests at the moment. Please try again in ${retryAfterSeconds} seconds.`
  return sentences.get(code) ?? message
}
