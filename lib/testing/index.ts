export {
  addMember,
  type ExistingMemberSettings,
  type InvitedMember,
  type NewMemberSettings,
} from './add-member.js'
export { type ConfirmSettings, confirmUser, type Mailbox } from './confirm-user.js'
export { type CreatedOrganization, type CreateOrganizationSettings, createOrganization } from './create-organization.js'
export { fastHasher } from './fast-hasher.js'
export { linksIn, tokenIn } from './mailed-token.js'
export type { InjectableApp } from './post.js'
export { type RegisterPasskeySettings, registerPasskey } from './register-passkey.js'
export { type SetUpTotp, setUpTotp, type TotpSettings } from './set-up-totp.js'
export { type SignInSettings, signInUser } from './sign-in-user.js'
export { type MailedCodeSignInSettings, signInWithMailedCode } from './sign-in-with-mailed-code.js'
export { type PasskeySignInSettings, signInWithPasskey } from './sign-in-with-passkey.js'
export { signInWithTotp, type TotpSignInSettings } from './sign-in-with-totp.js'
export { type SignUpSettings, signUpUser } from './sign-up-user.js'
export type { SignedInUser, SignedInWithTokens } from './signed-in-user.js'
export type { PasskeyOverrides } from './signed-parts.js'
export {
  type CreatePasskeySettings,
  createSoftwareAuthenticator,
  type PasskeyRequest,
  type SoftwareAuthenticator,
  type SoftwareAuthenticatorSettings,
  type SoftwarePasskey,
  type UsePasskeySettings,
} from './software-authenticator.js'
export { createTestClock, type TestClock } from './test-clock.js'
export { totpCode } from './totp-code.js'
