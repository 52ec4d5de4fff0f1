import type { AdmitHash, HashingTurn, HashOrigin } from '../passwords/hash-origin.js'
import type { WindowRule } from './admit-within.js'
import { networksOf, widestNetworkOf } from './network-of.js'
import type { Pass, Within } from './steps.js'

export interface HashRules {
  /** Of a network, by all routes together, and apart from that of a user from known devices and live sessions. */
  readonly hashes: WindowRule
}

export interface HashLimits {
  /** Counts a hash. @throws {TooManyRequestsError} The network or the user has had too many. */
  readonly hash: AdmitHash
}

/** Networks are as wide as an attacker can have them for little. */
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
