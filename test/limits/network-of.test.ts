import t from 'tap'
import { networkOf } from '../../lib/limits/network-of.js'

const cases: readonly (readonly [string, string | null, string | null])[] = [
  ['an IPv4 address is one network', '192.0.2.7', '192.0.2.7'],
  ['an IPv4 address mapped into IPv6 is that address', '::ffff:192.0.2.7', '192.0.2.7'],
  ['so it is in hexadecimal', '::FFFF:c000:207', '192.0.2.7'],
  ['so it is without the short form', '0:0:0:0:0:ffff:c000:0207', '192.0.2.7'],
  ['an IPv4 address that NAT64 has translated is that address', '64:ff9b::192.0.2.7', '192.0.2.7'],
  ['of an IPv6 address the first 64 bits count', '2001:db8:1:2:aaaa::1', '2001:db8:1:2::/64'],
  ['however it is written', '2001:0DB8:0001:0002:ffff:ffff:ffff:ffff', '2001:db8:1:2::/64'],
  ['the short form may stand at the end', '2001:db8::', '2001:db8:0:0::/64'],
  ['a network of zeros is one too', '::1', '0:0:0:0::/64'],
  ['a zone is no part of it', 'fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['what is no address is no network', 'unknown', null],
  ['nor is nothing', null, null],
]

for (const [title, ip, network] of cases) {
  t.test(title, async t => {
    t.equal(networkOf(ip), network)
  })
}

t.test('two neighbours of one /64 are one, two of one /63 are not', async t => {
  t.equal(networkOf('2001:db8::1'), networkOf('2001:db8::ffff:1'))
  t.not(networkOf('2001:db8:0:0::1'), networkOf('2001:db8:0:1::1'))
})
