import t from 'tap'
import type { SignInMethod } from '../../lib/composition/storage.js'
import {
  authenticationMethodReferences,
  claimSecondFactor,
  haveSecondFactor,
} from '../../lib/tokens/authentication-methods.js'

const amr: readonly (readonly [readonly SignInMethod[], readonly string[], boolean])[] = [
  [[], [], false],
  [['password'], ['pwd'], false],
  [['email'], ['otp'], false],
  [['provider'], [], false],
  [['password', 'totp'], ['pwd', 'otp', 'mfa'], true],
  [['password', 'recoveryCode'], ['pwd', 'otp', 'mfa'], true],
  [['password', 'totp', 'recoveryCode'], ['pwd', 'otp', 'mfa'], true],
  [['provider', 'totp'], ['otp', 'mfa'], true],
  [['passkey'], ['swk', 'user', 'mfa'], true],
]

for (const [methods, references, isStrong] of amr) {
  t.test(`the methods ${methods.join(' and ') || '(none)'} have the values of RFC 8176`, async t => {
    t.strictSame(authenticationMethodReferences(methods), references)
    t.equal(haveSecondFactor(methods), isStrong)
    t.equal(claimSecondFactor({ amr: references }), isStrong)
  })
}

t.test('only a list with mfa claims a second factor', async t => {
  for (const claims of [{}, { amr: 'mfa' }, { amr: null }, { amr: ['MFA'] }, { amr: [['mfa']] }, { amr: { 0: 'mfa' } }])
    t.equal(claimSecondFactor(claims), false)
})
