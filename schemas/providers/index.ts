import { FinishProviderSignUpBody } from './finish-provider-sign-up.js'
import { Identity } from './identity.js'
import { LinkIdentityBody } from './link-identity.js'
import { IdentityList } from './list-identities.js'
import { ProviderRedirect } from './provider-redirect.js'
import { ProviderSignInWaiting } from './provider-sign-in-waiting.js'
import { RedeemProviderCodeBody } from './redeem-provider-code.js'
import { SignInWithIdTokenBody } from './sign-in-with-id-token.js'
import { StartProviderSignInBody } from './start-provider-sign-in.js'

/** The schemas of other providers with a name in the OpenAPI document. */
export const providerSchemas = [
  StartProviderSignInBody,
  ProviderRedirect,
  RedeemProviderCodeBody,
  ProviderSignInWaiting,
  SignInWithIdTokenBody,
  FinishProviderSignUpBody,
  Identity,
  IdentityList,
  LinkIdentityBody,
] as const

export { ProviderParams } from './fields.js'
export { finishProviderSignIn } from './finish-provider-sign-in.js'
export { FinishProviderSignUpBody, finishProviderSignUp } from './finish-provider-sign-up.js'
export { Identity } from './identity.js'
export { LinkIdentityBody, linkIdentity } from './link-identity.js'
export { IdentityList, listIdentities } from './list-identities.js'
export { ProviderRedirect } from './provider-redirect.js'
export { ProviderSignInWaiting } from './provider-sign-in-waiting.js'
export { receiveProviderForm } from './receive-provider-form.js'
export { RedeemProviderCodeBody, redeemProviderCode } from './redeem-provider-code.js'
export { SignInWithIdTokenBody, signInWithIdToken } from './sign-in-with-id-token.js'
export { StartProviderSignInBody, startProviderSignIn } from './start-provider-sign-in.js'
export { UnlinkIdentityParams, unlinkIdentity } from './unlink-identity.js'
