import t from 'tap'
import { appleClientSecret } from '../../../lib/features/providers/presets/apple-client-secret.js'
import { jwtParts } from '../../support/hand-made-jwt.js'
import { keyPairs } from '../../support/key-pairs.js'

const now = 1_700_000_000_000
const secretOf = () =>
  appleClientSecret({ teamId: 'T', keyId: 'K', clientId: 'C', privateKey: keyPairs.ES256.privateKey })

t.test('a secret is used again for four minutes, and then there is a new one', async t => {
  const secret = secretOf()
  const first = secret(now)
  for (const age of [0, 239_999]) t.equal(secret(now + age), first)
  const second = secret(now + 240_000)
  t.not(second, first)
  t.equal(jwtParts(second).claims.iat, now / 1000 + 240)
})

t.test('a clock that is set back makes a new secret: the old one would be from the future', async t => {
  const secret = secretOf()
  secret(now)
  t.equal(jwtParts(secret(now - 1_000)).claims.iat, now / 1000 - 1)
})
