import type { AdmitHash, HashingTurn, HashOrigin } from '../hashing/hash-origin.js'
import type { WindowRule } from './admit-within.js'
import { networksOf, widestNetworkOf } from './network-of.js'
import type { Pass, Within } from './steps.js'

export interface HashRules {
  /** The maximum of a network over all routes; also the maximum of a user with known devices, live sessions and mailed links. */
  readonly hashes: WindowRule
}

export interface HashLimits {
  /** Counts a hash. @throws {TooManyRequestsError} The network or the user has had too many. */
  readonly hash: AdmitHash
}

/** Uses the widest network that an attacker can obtain cheaply: the /24 of IPv4, the /48 of IPv6. */
export function hashingTurn({ client, knownUserId }: HashOrigin): HashingTurn {
  return { network: widestNetworkOf(client.ip), isFirst: knownUserId !== null }
}

export function createHashLimits({ hashes }: HashRules, { within, pass }: { within: Within; pass: Pass }): HashLimits {
  function stepsOf({ client, knownUserId }: HashOrigin) {
    if (knownUserId !== null) return [within('hashes_of_user', hashes, knownUserId)]
    return networksOf(client.ip).map(({ name, factor }) =>
      within('hashes_of_network', { ...hashes, maximum: hashes.maximum * factor }, name),
    )
  }

  return {
    async hash(origin) {
      const { client, knownUserId: userId } = origin
      return { turn: hashingTurn(origin), takeBack: await pass(stepsOf(origin), { userId, client }) }
    },
  }
}
