import { createPrivateKey, type KeyObject, sign } from 'node:crypto'
import { OptionInvalidError } from '../../../errors/index.js'
import type { EpochMilliseconds } from '../../../storage/records.js'

interface AppleKey {
  readonly teamId: string
  readonly keyId: string
  /** PEM text. */
  readonly privateKey: string
  readonly clientId: string
}

const lifetimeSeconds = 300
const audience = 'https://appleid.apple.com'

function privateKeyIn(pem: string): KeyObject {
  const problem = 'The option "privateKey" of apple must be the text of the file AuthKey_….p8, a P-256 key'
  try {
    const key = createPrivateKey(pem)
    if (key.asymmetricKeyDetails?.namedCurve === 'prime256v1') return key
  } catch {
    // The error of OpenSSL says nothing about the option.
  }
  throw new OptionInvalidError(problem)
}

const encoded = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url')

/**
 * Creates the function that returns Apple's client secret: a JWT for five minutes, used for four.
 * @throws {OptionInvalidError} The private key is unreadable, or of another kind.
 * @see https://developer.apple.com/documentation/accountorganizationaldatasharing/creating-a-client-secret
 */
export function appleClientSecret({
  teamId,
  keyId,
  privateKey,
  clientId,
}: AppleKey): (now: EpochMilliseconds) => string {
  const key = privateKeyIn(privateKey)
  let latest = { secret: '', issuedAtSeconds: Number.NEGATIVE_INFINITY }

  return now => {
    const nowSeconds = Math.floor(now / 1000)
    const age = nowSeconds - latest.issuedAtSeconds
    if (age >= 0 && age < lifetimeSeconds - 60) return latest.secret
    const header = encoded({ alg: 'ES256', kid: keyId })
    const exp = nowSeconds + lifetimeSeconds
    const claims = encoded({ iss: teamId, iat: nowSeconds, exp, aud: audience, sub: clientId })
    const input = `${header}.${claims}`
    const signature = sign('sha256', Buffer.from(input), { key, dsaEncoding: 'ieee-p1363' })
    latest = { secret: `${input}.${signature.toString('base64url')}`, issuedAtSeconds: nowSeconds }
    return latest.secret
  }
}
