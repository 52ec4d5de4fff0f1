import { isIPv4, isIPv6 } from 'node:net'

/** Returns the eight groups of an IPv6 address. */
function groupsOf(ip: string): number[] {
  const numbers = (text: string): number[] => {
    if (text === '') return []
    return text.split(':').flatMap(part => {
      if (!part.includes('.')) return [Number.parseInt(part, 16)]
      const [a = 0, b = 0, c = 0, d = 0] = part.split('.').map(Number)
      return [a * 256 + b, c * 256 + d]
    })
  }
  const [head = '', tail = ''] = ip.split('::')
  const front = numbers(head)
  const back = numbers(tail)
  return [...front, ...new Array<number>(8 - front.length - back.length).fill(0), ...back]
}

/** The prefixes of an IPv4 address within IPv6: mapped (RFC 4291), and translated (RFC 6052). */
const aroundIPv4 = new Set(['0:0:0:0:0:ffff', '64:ff9b:0:0:0:0'])

/** A network that counts as one client, and the factor of its limits compared with a single address. */
export interface Network {
  readonly name: string
  readonly factor: number
}

/** All clients without a readable address are one network: they share its limits instead of having none. */
const unknown: readonly [Network] = [{ name: 'unknown', factor: 1 }]

function networksOfIPv4(ip: string): readonly [Network, ...Network[]] {
  return [
    { name: ip, factor: 1 },
    { name: `${ip.slice(0, ip.lastIndexOf('.'))}.0/24`, factor: 4 },
  ]
}

/**
 * Lists the networks of a client, from the narrowest to the widest: of IPv4 the address, in any notation, and its /24; of
 * IPv6 the /64, which is what one subscriber has, and the /56 and /48, which one subscriber may have.
 */
export function networksOf(ip: string | null): readonly [Network, ...Network[]] {
  if (ip === null) return unknown
  if (isIPv4(ip)) return networksOfIPv4(ip)
  const [address = ''] = ip.split('%')
  if (!isIPv6(address)) return unknown
  const groups = groupsOf(address)
  const hex = groups.map(group => group.toString(16))
  if (aroundIPv4.has(hex.slice(0, 6).join(':'))) {
    const bytes = groups.slice(6).flatMap(group => [group >> 8, group & 255])
    return networksOfIPv4(bytes.join('.'))
  }
  const site = hex.slice(0, 3).join(':')
  const [, , , subnet = 0] = groups
  return [
    { name: `${site}:${subnet.toString(16)}::/64`, factor: 1 },
    { name: `${site}:${(subnet & 0xff00).toString(16)}::/56`, factor: 2 },
    { name: `${site}::/48`, factor: 4 },
  ]
}

/** Returns the narrowest network of a client. */
export function networkOf(ip: string | null): string {
  return networksOf(ip)[0].name
}

/** Returns the widest network of a client: the /24 of IPv4, the /48 of IPv6. */
export function widestNetworkOf(ip: string | null): string {
  return networksOf(ip).reduce((_, wider) => wider).name
}
