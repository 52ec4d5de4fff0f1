import type { UserRecord } from '../storage/storage.js'
import type { ExtraClaims } from './extra-claims.js'

/** A user's record without the password's hash. */
export type LoadedUser = Omit<UserRecord, 'passwordHash'>

/** What the option `claims` is: from a user to what their access tokens say beside our own claims. */
export type ClaimsHook = (about: { readonly user: LoadedUser }) => ExtraClaims | Promise<ExtraClaims>
