import { namedUnder } from '../../../storage/redis/keys.js'

/** Returns the names of the keys that providers add. */
export const providerKeys = namedUnder((named, root) => ({
  identity: named('identity'),
  /** The id of the identity with this issuer and subject. */
  identityIdByKey: named('identity-key'),
  /** The ids of the identities of a user: a sorted set. */
  identitiesOf: named('identities-of'),
  flow: named('provider-flow'),
  flowsByExpiry: `${root}provider-flows-by-expiry`,
}))
