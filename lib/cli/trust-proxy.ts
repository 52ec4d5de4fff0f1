import { isIP } from 'node:net'
import { partsOf } from './parts-of.js'
import type { Environment } from './read-environment.js'
import { mustBe } from './read-variable.js'

/**
 * A value for the option `trustProxy` of Fastify: every proxy, none, these networks, or a number of hops. The number is a
 * function, because Fastify trusts no proxy if it gets a number. A number is correct only if every request passes that many
 * proxies: a client that bypasses them can forge its address.
 */
export type TrustProxy = boolean | string[] | ((address: string, hop: number) => boolean)

const namedNetworks = ['loopback', 'linklocal', 'uniquelocal']
const addressBits: Readonly<Record<number, number>> = { 4: 32, 6: 128 }

function isNetwork(text: string): boolean {
  if (namedNetworks.includes(text)) return true
  const [, address = '', prefixLength = '1'] = /^([^/]+)(?:\/([1-9]\d{0,2}))?$/.exec(text) ?? []
  return Number(prefixLength) <= (addressBits[isIP(address)] ?? 0)
}

/**
 * Reads TRUST_PROXY, which decides which address counts as the client of a request.
 * @throws {Error} The value is invalid.
 */
export function readTrustProxy({ TRUST_PROXY: text = 'false' }: Environment): TrustProxy {
  if (text === 'true' || text === 'false') return text === 'true'
  if (/^[1-9]\d?$/.test(text)) return (_, hop) => hop < Number(text)
  const networks = partsOf(text)
  if (networks.length > 0 && networks.every(isNetwork)) return networks
  throw mustBe(
    'TRUST_PROXY',
    'true, false, a number of proxies from 1 to 99, or addresses such as 10.0.0.0/8,127.0.0.1',
  )
}
