import type { ExtraClaims } from './extra-claims.js'
import type { LoadedUser } from './loaded-user.js'

/** What the option `claims` is: from a user to what their access tokens say beside our own claims. */
export type ClaimsHook = (about: { readonly user: LoadedUser }) => ExtraClaims | Promise<ExtraClaims>
