import { OptionInvalidError } from '../../errors/index.js'
import { returnUrl } from '../../features/providers/accepted-return-to.js'
import type { ProviderSettings } from '../../features/providers/options.js'
import { originsOf } from '../origins-of.js'
import type { FastAuthOptions } from './options-schema.js'

/** Paths below `/sign-in` that belong to other features. */
const reservedNames: ReadonlySet<string> = new Set(['email', 'passkey', 'second-factor'])

const defaultMaximum = 20

function refuseNonProviders(providers: readonly unknown[]): void {
  for (const [index, provider] of providers.entries()) {
    const { name, connect } = Object(provider)
    if (typeof name !== 'string' || typeof connect !== 'function')
      throw new OptionInvalidError(
        `The option "providers[${index}]" of fast-auth must be a provider, such as google({ … }) from "fast-auth/providers"`,
      )
  }
}

function refuseNames(names: readonly string[]): void {
  const reserved = names.find(name => reservedNames.has(name))
  if (reserved !== undefined)
    throw new OptionInvalidError(
      `The option "providers" of fast-auth has the name "${reserved}", which a route of fast-auth has: choose another "name"`,
    )
  const repeated = names.find((name, index) => names.indexOf(name) !== index)
  if (repeated !== undefined)
    throw new OptionInvalidError(
      `The option "providers" of fast-auth has the name "${repeated}" twice: give one of them another "name"`,
    )
}

/**
 * Returns the settings of other providers; `null` without the option.
 * @throws {OptionInvalidError} A provider is none, or the option contradicts another.
 */
export function resolveProviders(given: FastAuthOptions): ProviderSettings | null {
  const { providers, identities = {}, publicUrl, trustedOrigins = [] } = given
  if (providers === undefined) {
    if (given.identities === undefined) return null
    throw new OptionInvalidError('The option "identities" of fast-auth needs the option "providers"')
  }
  refuseNonProviders(providers)
  refuseNames(providers.map(({ name }) => name))
  if (publicUrl === undefined)
    throw new OptionInvalidError('The option "providers" of fast-auth needs "publicUrl": callbacks are made from it')
  const { linkVerified = false, returnTo = '/', maximumPerUser = defaultMaximum } = identities
  const places = { ownOrigin: new URL(publicUrl).origin, origins: originsOf({ publicUrl, trustedOrigins }) }
  const url = returnUrl(places, returnTo)
  if (url === null)
    throw new OptionInvalidError(
      'The option "identities.returnTo" of fast-auth must be a path that begins with one slash, or a URL of a trusted origin, without a fragment',
    )
  return { providers, linkVerified, returnTo: url, maximumPerUser }
}
