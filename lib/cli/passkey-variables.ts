import type { FastAuthOptions } from '../composition/options/options-schema.js'
import { domainPattern, isInDomain, isPasskeyOrigin } from '../features/passkeys/origins.js'
import type { Environment } from './read-environment.js'
import { mustBe, readText, readWord } from './read-variable.js'

/** The settings of passkeys. They are complete once the public URL is known, which may contain a free port. */
export interface PasskeyVariables {
  readonly isOn: boolean
  /** `undefined`: the host of the public URL. */
  readonly rpId: string | undefined
}

const defaultPublicUrl = 'http://localhost'

const domain = { pattern: new RegExp(domainPattern), allowed: 'a domain such as example.com' }

/**
 * Reads the settings of passkeys. By default they are on if browsers allow passkeys on pages of the public URL.
 * @throws {Error} A variable is invalid, or contradicts PUBLIC_URL.
 */
export function readPasskeys(environment: Environment, publicUrl: string = defaultPublicUrl): PasskeyVariables {
  const { origin, hostname } = new URL(publicUrl)
  const isPossible = isPasskeyOrigin(origin) && domain.pattern.test(hostname)
  const isOn = (readWord(environment, 'PASSKEYS', ['on', 'off']) ?? (isPossible ? 'on' : 'off')) === 'on'
  if (isOn && !isPossible)
    throw new Error('PASSKEYS=on needs a PUBLIC_URL with https and a domain, or the host localhost')
  const rpId = readText(environment, 'PASSKEYS_RP_ID', domain)
  if (rpId !== undefined && !isInDomain(origin, rpId))
    throw mustBe('PASSKEYS_RP_ID', 'the host of PUBLIC_URL or a parent domain of it')
  return { isOn, rpId }
}

/** Returns the option `passkeys`: pages of the public URL and of trusted origins may use them. */
export function passkeyOptions(
  { isOn, rpId }: PasskeyVariables,
  { publicUrl, trustedOrigins }: { readonly publicUrl: string; readonly trustedOrigins: readonly string[] },
): Pick<FastAuthOptions, 'passkeys'> {
  if (!isOn) return {}
  const { origin, hostname } = new URL(publicUrl)
  const origins = [...new Set([origin, ...trustedOrigins.filter(isPasskeyOrigin)])]
  return { passkeys: { rpId: rpId ?? hostname, origins } }
}
