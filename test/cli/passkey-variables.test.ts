import t from 'tap'
import { passkeyOptions, readPasskeys } from '../../lib/cli/passkey-variables.js'

t.test('passkeys are on if browsers allow them on pages of the public URL', async t => {
  for (const [publicUrl, isOn] of [
    [undefined, true],
    ['https://auth.example.com', true],
    ['https://auth.example.com:8443/accounts', true],
    ['http://localhost:3000', true],
    ['http://auth.example.com', false],
    ['http://127.0.0.1:3000', false],
    ['https://192.0.2.1', false],
    ['https://intranet', false],
  ] as const)
    t.same(readPasskeys({}, publicUrl), { isOn, rpId: undefined }, publicUrl ?? 'none')
})

t.test('PASSKEYS=off switches them off', async t => {
  t.equal(readPasskeys({ PASSKEYS: 'off' }, 'https://auth.example.com').isOn, false)
})

t.test('the domain of passkeys is the host of the public URL, or the one that is set', async t => {
  const publicUrl = 'https://auth.example.com/accounts'
  const options = (rpId?: string) => passkeyOptions({ isOn: true, rpId }, { publicUrl, trustedOrigins: [] })
  t.same(options(), { passkeys: { rpId: 'auth.example.com', origins: ['https://auth.example.com'] } })
  t.same(options('example.com'), { passkeys: { rpId: 'example.com', origins: ['https://auth.example.com'] } })
})

t.test('pages of trusted origins may use passkeys, where browsers allow it', async t => {
  const trustedOrigins = ['https://example.de', 'http://app.test', 'capacitor://localhost', 'http://localhost:5173']
  const { passkeys } = passkeyOptions(
    { isOn: true, rpId: undefined },
    { publicUrl: 'https://example.de', trustedOrigins },
  )
  t.same(passkeys?.origins, ['https://example.de', 'http://localhost:5173'])
})

t.test('while they are off, there is no option', async t => {
  t.same(passkeyOptions({ isOn: false, rpId: undefined }, { publicUrl: 'http://a.test', trustedOrigins: [] }), {})
})
