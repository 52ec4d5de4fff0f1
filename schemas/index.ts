import { accountSchemas } from './accounts/index.js'
import { apiKeySchemas } from './api-keys/index.js'
import { emailSchemas } from './email/index.js'
import { emailCodeSchemas } from './email-codes/index.js'
import { ErrorResponse } from './error-response.js'
import { organizationSchemas } from './organizations/index.js'
import { passkeySchemas } from './passkeys/index.js'
import { passwordSchemas } from './passwords/index.js'
import { providerSchemas } from './providers/index.js'
import { secondFactorSchemas } from './second-factor/index.js'
import { sessionSchemas } from './sessions/index.js'
import { signInSchemas } from './sign-in/index.js'

/** The schemas with a name in the OpenAPI document. */
export const namedSchemas = [
  ...accountSchemas,
  ...signInSchemas,
  ...sessionSchemas,
  ...passwordSchemas,
  ...secondFactorSchemas,
  ...passkeySchemas,
  ...emailCodeSchemas,
  ...providerSchemas,
  ...organizationSchemas,
  ...apiKeySchemas,
  ...emailSchemas,
  ErrorResponse,
] as const

export * from './accounts/index.js'
export * from './api-keys/index.js'
export * from './email/index.js'
export * from './email-codes/index.js'
export { type BootErrorCode, bootErrorCodes, type ErrorCode, errorCodes } from './error-codes.js'
export { ErrorResponse, type FrameworkErrorCode, type Identifier } from './error-response.js'
export type { OperationSchema } from './operation-schema.js'
export * from './organizations/index.js'
export * from './passkeys/index.js'
export * from './passwords/index.js'
export * from './providers/index.js'
export * from './second-factor/index.js'
export * from './sessions/index.js'
export * from './sign-in/index.js'
