import { OptionInvalidError } from '../../errors/index.js'
import type { PasskeySettings } from '../../features/passkeys/options.js'
import { isInDomain, isPasskeyOrigin } from '../../features/passkeys/origins.js'
import { serialisedOrigin } from '../../http/serialised-origin.js'
import type { FastAuthOptions } from './options-schema.js'

const defaultMaximum = 20

/** Returns the origin as client data have it: verification compares the texts. The origin of an app stays as it is. */
const asBrowsersWriteIt = (origin: string) => serialisedOrigin(origin) ?? origin

function originsOf({ passkeys, publicUrl }: FastAuthOptions): readonly string[] {
  if (passkeys?.origins !== undefined) return [...new Set(passkeys.origins.map(asBrowsersWriteIt))]
  if (publicUrl === undefined)
    throw new OptionInvalidError('The option "passkeys.origins" of fast-auth is needed if "publicUrl" is not set')
  const { origin } = new URL(publicUrl)
  if (isPasskeyOrigin(origin)) return [origin]
  throw new OptionInvalidError(
    'The option "passkeys" of fast-auth needs a "publicUrl" with https and a domain, or the host localhost, or "passkeys.origins"',
  )
}

/**
 * Returns the settings of passkeys; `null` without the option.
 * @param appName name of the application for people
 * @throws {OptionInvalidError} No page can use the passkeys.
 */
export function resolvePasskeys(given: FastAuthOptions, appName: string): PasskeySettings | null {
  if (given.passkeys === undefined) return null
  const { rpId, rpName = appName, maximumPerUser = defaultMaximum } = given.passkeys
  const origins = originsOf(given)
  if (!origins.some(origin => isInDomain(origin, rpId)))
    throw new OptionInvalidError(
      'The option "passkeys.rpId" of fast-auth must be the host of one of "passkeys.origins", or a parent domain of it',
    )
  return { rpId, rpName, origins, maximumPerUser }
}
