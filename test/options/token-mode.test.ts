import t from 'tap'
import { resolveOptions } from '../../lib/composition/options/resolve-options.js'
import { memoryStorage } from '../../lib/engines/memory.js'
import { bootRefusal } from '../support/boot-refusal.js'
import { secret } from '../support/secret.js'

const least = { secrets: [secret], storage: memoryStorage() }

/** Every lifetime, with values that go together, and in which modes it means something. */
const lifetimes = {
  sessionIdleLifetimeSeconds: { seconds: 3600, modes: ['pair'] },
  sessionLifetimeSeconds: { seconds: 7200, modes: ['pair', 'sliding'] },
  refreshGraceSeconds: { seconds: 5, modes: ['pair', 'sliding'] },
} as const
const idle = { sessionIdleLifetimeSeconds: 3600 }

for (const tokenMode of ['pair', 'access-only', 'sliding'] as const) {
  for (const [name, { seconds, modes }] of Object.entries(lifetimes)) {
    const isTaken = modes.some(mode => mode === tokenMode)
    t.test(`${tokenMode} ${isTaken ? 'takes' : 'refuses'} ${name}`, async t => {
      const options = { ...least, tokenMode, ...(tokenMode === 'pair' ? idle : {}), [name]: seconds }
      const message = `The option "${name}" of fast-auth has no effect if "tokenMode" is "${tokenMode}": leave it out`
      t.strictSame(bootRefusal(options), isTaken ? null : { code: 'FAST_AUTH_OPTION_INVALID', message })
      t.equal(bootRefusal({ ...options, [name]: undefined }), null, 'an option that is undefined is left out')
    })
  }
}

t.test('modes with a single token refuse the option to revoke the previous access token', async t => {
  const message = 'The option "revokePreviousAccessToken" of fast-auth needs "tokenMode": "pair"'
  const options = { ...least, revokePreviousAccessToken: true }
  for (const tokenMode of ['access-only', 'sliding']) {
    t.strictSame(bootRefusal({ ...options, tokenMode }), { code: 'FAST_AUTH_OPTION_INVALID', message })
  }
  t.equal(bootRefusal(options), null)
})

t.test('without refresh tokens a session lives, or idles, for as long as its access token', async t => {
  const settled = (tokenMode: string) =>
    resolveOptions({ ...least, tokenMode, accessTokenLifetimeSeconds: 3600 }, { isProduction: false })
  t.hasStrict(settled('sliding'), {
    sessionIdleLifetimeSeconds: 3600,
    sessionLifetimeSeconds: 2_592_000,
    refreshGraceSeconds: 10,
  })
  t.hasStrict(settled('access-only'), { sessionIdleLifetimeSeconds: 3600, sessionLifetimeSeconds: 3600 })
})

t.test('sliding refuses an access token that outlives its session, by the names that were given', async t => {
  const message = 'The option "accessTokenLifetimeSeconds" of fast-auth must not be more than "sessionLifetimeSeconds"'
  const refusal = { code: 'FAST_AUTH_OPTION_INVALID', message }
  t.strictSame(bootRefusal({ ...least, tokenMode: 'sliding', sessionLifetimeSeconds: 899 }), refusal)
  t.equal(bootRefusal({ ...least, tokenMode: 'sliding', sessionLifetimeSeconds: 900 }), null)
})
