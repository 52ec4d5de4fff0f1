import type { CurrentOrganization } from '../storage/records.js'
import type { ExtraClaims } from './extra-claims.js'
import type { LoadedUser } from './loaded-user.js'

/** The input of the option `claims`. */
export interface ClaimsContext {
  readonly user: LoadedUser
  /** The organisation in which the session acts; `null` if it acts in none. Absent without the option `organizations`. */
  readonly organization?: CurrentOrganization | null
}

/** The option `claims`: returns the further claims of a user's access tokens. */
export type ClaimsHook = (about: ClaimsContext) => ExtraClaims | Promise<ExtraClaims>
