import { ChangePasswordBody } from './change-password.js'

/** The schemas of passwords with a name in the OpenAPI document. */
export const passwordSchemas = [ChangePasswordBody] as const

export { ChangePasswordBody, changePassword, changePasswordWithRecentProof } from './change-password.js'
export { openChangePassword } from './open-change-password.js'
export { type PasswordRule, passwordRules } from './password-rules.js'
