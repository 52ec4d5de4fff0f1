/**
 * The application's own fields of a user: a JSON object. Declare your fields as the option `profileSchema` describes them.
 * `request.loadUser()`, the option `claims`, `app.fastAuth.updateProfile` and the storage's records then have their types:
 * `declare module 'fast-auth' { interface UserProfile { plan?: 'free' | 'pro' } }`
 */
export interface UserProfile {
  readonly [field: string]: unknown
}
