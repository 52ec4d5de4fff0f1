import {
  apple,
  discord,
  github,
  gitlab,
  google,
  microsoft,
  oidc,
  type Provider,
} from '../features/providers/providers.js'
import { partsOf } from './parts-of.js'
import { type Environment, providerVariable } from './read-environment.js'
import { mustBe, readSwitch } from './read-variable.js'
import type { providerVariables } from './variables.js'

type Ending = (typeof providerVariables)[number]

/** The variables of one provider. */
interface OwnVariables {
  readonly name: string
  /** @throws {Error} It is not set. */
  required(ending: Ending): string
  optional(ending: Ending): string | undefined
  isOn(ending: Ending): boolean
}

type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> }

function present<T extends object>(entries: T): Present<T> {
  return Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined)) as Present<T>
}

const idAndSecret = ({ required, optional }: OwnVariables) => ({
  clientId: required('CLIENT_ID'),
  clientSecret: required('CLIENT_SECRET'),
  ...present({ displayName: optional('DISPLAY_NAME') }),
})

/** How the variables of a preset become its options. Line breaks of a PEM text may be written as `\\n`. */
const presets: Readonly<Record<string, (own: OwnVariables) => Provider>> = {
  google: own => google(idAndSecret(own)),
  github: own => github(idAndSecret(own)),
  discord: own => discord(idAndSecret(own)),
  gitlab: own => gitlab({ ...idAndSecret(own), ...present({ issuer: own.optional('ISSUER') }) }),
  microsoft: own => microsoft({ ...idAndSecret(own), ...present({ tenant: own.optional('TENANT') }) }),
  apple: ({ required, optional }) =>
    apple({
      clientId: required('CLIENT_ID'),
      teamId: required('TEAM_ID'),
      keyId: required('KEY_ID'),
      privateKey: required('PRIVATE_KEY').replaceAll('\\n', '\n'),
      ...present({ displayName: optional('DISPLAY_NAME') }),
    }),
}

function ofIssuer(own: OwnVariables): Provider {
  return oidc({
    ...idAndSecret(own),
    name: own.name,
    displayName: own.optional('DISPLAY_NAME') ?? own.name,
    issuer: own.required('ISSUER'),
    vouchesForEmail: own.isOn('VOUCHES_FOR_EMAIL'),
  })
}

function variablesOf(environment: Environment, name: string): OwnVariables {
  const optional = (ending: Ending) => environment[providerVariable(name, ending)]
  return {
    name,
    optional,
    isOn: ending => readSwitch(environment, providerVariable(name, ending)) ?? false,
    required(ending) {
      const text = optional(ending)
      if (text === undefined) throw new Error(`${providerVariable(name, ending)} must be set if PROVIDERS has ${name}`)
      return text
    },
  }
}

/**
 * Reads PROVIDERS, and the variables of each provider. A name that is no preset is a provider of OpenID Connect.
 * @returns `undefined` if there are none
 * @throws {Error} A variable is missing or invalid; the message names it.
 */
export function readProviders(environment: Environment): readonly Provider[] | undefined {
  const names = partsOf(environment.PROVIDERS ?? '')
  if (names.length === 0) return undefined
  if (!names.every(name => /^[a-z][a-z0-9-]{0,39}$/.test(name)))
    throw mustBe('PROVIDERS', 'names of lower-case letters, digits and hyphens, separated by commas')
  return names.map(name => (presets[name] ?? ofIssuer)(variablesOf(environment, name)))
}
