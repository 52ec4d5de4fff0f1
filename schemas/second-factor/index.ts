import { ConfirmTotpBody, TotpConfirmed } from './confirm-totp.js'
import { SecondFactor } from './get-second-factor.js'
import { NewRecoveryCodes } from './renew-recovery-codes.js'
import { NewTotp } from './start-totp.js'

/** The schemas of the second factor with a name in the OpenAPI document. */
export const secondFactorSchemas = [SecondFactor, NewTotp, ConfirmTotpBody, TotpConfirmed, NewRecoveryCodes] as const

export { ConfirmTotpBody, confirmTotp, TotpConfirmed } from './confirm-totp.js'
export { getSecondFactor, SecondFactor } from './get-second-factor.js'
export { removeTotp } from './remove-totp.js'
export { NewRecoveryCodes, renewRecoveryCodes } from './renew-recovery-codes.js'
export { NewTotp, startTotp } from './start-totp.js'
