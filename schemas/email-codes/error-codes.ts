/** The error codes of mailed sign-in codes. */
export const emailCodeErrorCodes = ['FAST_AUTH_SIGN_IN_CODE_INVALID'] as const
