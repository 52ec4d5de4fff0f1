/**
 * The claims that the option `claims` adds to access tokens. Declare yours to type the option and `request.user.claims`.
 * @example
 * ```ts
 * declare module 'fast-auth' {
 *   interface ExtraClaims {
 *     role: 'admin' | 'member'
 *   }
 * }
 * ```
 */
export interface ExtraClaims {
  readonly [name: string]: unknown
}
