import type { ExtraClaims } from './extra-claims.js'
import type { LoadedUser } from './loaded-user.js'

/** The option `claims`: returns the further claims of a user's access tokens. */
export type ClaimsHook = (about: { readonly user: LoadedUser }) => ExtraClaims | Promise<ExtraClaims>
