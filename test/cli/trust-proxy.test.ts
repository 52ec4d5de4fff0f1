import Fastify from 'fastify'
import t from 'tap'
import { readTrustProxy } from '../../lib/cli/trust-proxy.js'

/** Returns the address to which a request from 127.0.0.1 is attributed that was forwarded from 10.1.1.1 through 10.2.2.2. */
async function addressSeen(TRUST_PROXY: string): Promise<string> {
  const app = Fastify({ trustProxy: readTrustProxy({ TRUST_PROXY }) })
  app.get('/', request => request.ip)
  const headers = { 'x-forwarded-for': '10.1.1.1, 10.2.2.2' }
  const { body } = await app.inject({ url: '/', headers, remoteAddress: '127.0.0.1' })
  await app.close()
  return body
}

const settings = [
  { value: 'false', seen: '127.0.0.1' },
  { value: 'true', seen: '10.1.1.1' },
  { value: '1', seen: '10.2.2.2' },
  { value: '2', seen: '10.1.1.1' },
  { value: '127.0.0.1', seen: '10.2.2.2' },
  { value: '127.0.0.0/8, 10.2.0.0/16', seen: '10.1.1.1' },
  { value: 'loopback', seen: '10.2.2.2' },
  { value: '::1', seen: '127.0.0.1' },
  { value: '::1/128,2001:db8::/32,loopback', seen: '10.2.2.2' },
]

for (const { value, seen } of settings) {
  t.test(`with TRUST_PROXY=${value} a request through two proxies comes from ${seen}`, async t => {
    t.equal(await addressSeen(value), seen)
  })
}

t.test('no proxy is trusted unless one is named', async t => {
  t.equal(readTrustProxy({}), false)
})

for (const value of [
  'yes',
  '0',
  '100',
  '-1',
  '1.5',
  '10.0.0.0/33',
  '10.0.0.0/0',
  '::1/129',
  '10.0.0.1/8/8',
  ',',
  'a,::1',
]) {
  t.test(`TRUST_PROXY=${value} is refused`, async t => {
    t.throws(() => readTrustProxy({ TRUST_PROXY: value }), {
      message:
        'TRUST_PROXY must be true, false, a number of proxies from 1 to 99, or addresses such as 10.0.0.0/8,127.0.0.1',
    })
  })
}
