/**
 * The fields of a user that the application defines: a JSON object. Declare your fields as the option `profileSchema` describes
 * them. `request.loadUser()`, the option `claims`, `app.fastAuth.updateProfile` and the records of the storage then have types.
 * @example
 * ```ts
 * declare module 'fast-auth' {
 *   interface UserProfile {
 *     plan?: 'free' | 'pro'
 *   }
 * }
 * ```
 */
export interface UserProfile {
  readonly [field: string]: unknown
}
