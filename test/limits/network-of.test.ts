import t from 'tap'
import { networkOf, networksOf } from '../../lib/limits/network-of.js'

const cases: readonly (readonly [string, string | null, string])[] = [
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
  ['all texts that are no address are one network', 'example', 'unknown'],
  ['so is a missing address', null, 'unknown'],
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

t.test('an IPv6 network belongs to its /56 and /48, each of which may do more', async t => {
  t.same(networksOf('2001:db8:1:2345::1'), [
    { name: '2001:db8:1:2345::/64', factor: 1 },
    { name: '2001:db8:1:2300::/56', factor: 2 },
    { name: '2001:db8:1::/48', factor: 4 },
  ])
})

t.test('an IPv4 address belongs to its /24, also as it is mapped into IPv6', async t => {
  const networks = [
    { name: '192.0.2.7', factor: 1 },
    { name: '192.0.2.0/24', factor: 4 },
  ]
  t.same(networksOf('192.0.2.7'), networks)
  t.same(networksOf('::ffff:192.0.2.7'), networks)
})
