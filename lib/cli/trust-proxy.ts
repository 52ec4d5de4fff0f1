import { isIP } from 'node:net'
import type { Environment } from './read-environment.js'
import { mustBe, partsOf } from './read-variable.js'

/**
 * For Fastify's option `trustProxy`: every proxy, none, these networks, or a number of hops, as a function because Fastify
 * trusts no proxy for a number. A number is right only if every request comes through so many proxies: a client that
 * reaches the server past them chooses the address that the server sees.
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
 * Reads TRUST_PROXY, which decides whose address a request counts as coming from.
 * @throws {Error} It is none of what a `TrustProxy` can be made of.
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
