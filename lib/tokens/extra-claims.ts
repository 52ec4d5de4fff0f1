/**
 * The claims that the option `claims` adds to access tokens. Declare yours, and the option and `request.user.claims`
 * have their types:
 * `declare module 'fast-auth' { interface ExtraClaims { role: 'admin' | 'member' } }`
 */
export interface ExtraClaims {
  readonly [name: string]: unknown
}
