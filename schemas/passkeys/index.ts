import { AuthenticationCredential, RegistrationCredential } from './credential.js'
import { RelatedOrigins } from './get-related-origins.js'
import { PasskeyList } from './list-passkeys.js'
import { Passkey } from './passkey.js'
import { RegisterPasskeyBody } from './register-passkey.js'
import { RenamePasskeyBody } from './rename-passkey.js'
import { SignInWithPasskeyBody } from './sign-in-with-passkey.js'
import { PasskeyCreationOptions } from './start-passkey-registration.js'
import { PasskeyRequestOptions } from './start-passkey-sign-in.js'

/** The schemas of passkeys with a name in the OpenAPI document. */
export const passkeySchemas = [
  Passkey,
  PasskeyCreationOptions,
  RegistrationCredential,
  RegisterPasskeyBody,
  PasskeyList,
  RenamePasskeyBody,
  PasskeyRequestOptions,
  AuthenticationCredential,
  SignInWithPasskeyBody,
  RelatedOrigins,
] as const

export { AuthenticationCredential, RegistrationCredential } from './credential.js'
export { DeletePasskeyParams, deletePasskey } from './delete-passkey.js'
export { getRelatedOrigins, RelatedOrigins } from './get-related-origins.js'
export { listPasskeys, PasskeyList } from './list-passkeys.js'
export { Passkey } from './passkey.js'
export { RegisterPasskeyBody, registerPasskey } from './register-passkey.js'
export { RenamePasskeyBody, RenamePasskeyParams, renamePasskey } from './rename-passkey.js'
export { SignInWithPasskeyBody, signInWithPasskey } from './sign-in-with-passkey.js'
export { PasskeyCreationOptions, startPasskeyRegistration } from './start-passkey-registration.js'
export { PasskeyRequestOptions, startPasskeySignIn } from './start-passkey-sign-in.js'
