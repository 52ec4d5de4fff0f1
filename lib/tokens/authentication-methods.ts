import type { SignInMethod } from '../storage/records.js'

const secondFactors: ReadonlySet<SignInMethod> = new Set(['totp', 'recoveryCode', 'passkey'])

/** Returns whether one of the methods is a second factor, or both factors. */
export function haveSecondFactor(methods: readonly SignInMethod[]): boolean {
  return methods.some(method => secondFactors.has(method))
}

/** An authenticator app and a recovery code are both one-time passwords. Other providers have no registered value. */
const references: Readonly<Record<SignInMethod, readonly string[]>> = {
  password: ['pwd'],
  totp: ['otp'],
  recoveryCode: ['otp'],
  passkey: ['swk', 'user'],
  email: ['otp'],
  provider: [],
}

/** The value of the claim `amr` that says that a second factor was given. */
const multipleFactors = 'mfa'

/** Returns the value of the claim `amr` (RFC 8176) of a session with these methods. */
export function authenticationMethodReferences(methods: readonly SignInMethod[]): readonly string[] {
  const values = methods.flatMap(method => references[method])
  return [...new Set(haveSecondFactor(methods) ? [...values, multipleFactors] : values)]
}

/** Returns whether the claims of a token say that a second factor was given for its session. */
export function claimSecondFactor({ amr }: { readonly amr?: unknown }): boolean {
  return Array.isArray(amr) && amr.includes(multipleFactors)
}
