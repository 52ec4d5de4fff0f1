import { isIPv4, isIPv6 } from 'node:net'

/** The eight groups of an IPv6 address. */
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

/** What stands before an IPv4 address within IPv6: mapped (RFC 4291), and translated (RFC 6052). */
const aroundIPv4 = new Set(['0:0:0:0:0:ffff', '64:ff9b:0:0:0:0'])

/**
 * Who counts as one: an IPv4 address, in whatever notation, or an IPv6 network of 64 bits, which is what one subscriber
 * has. `null` where there is no address.
 */
export function networkOf(ip: string | null): string | null {
  if (ip === null) return null
  if (isIPv4(ip)) return ip
  const [address = ''] = ip.split('%')
  if (!isIPv6(address)) return null
  const groups = groupsOf(address)
  const hex = groups.map(group => group.toString(16))
  if (!aroundIPv4.has(hex.slice(0, 6).join(':'))) return `${hex.slice(0, 4).join(':')}::/64`
  return groups
    .slice(6)
    .flatMap(group => [group >> 8, group & 255])
    .join('.')
}
