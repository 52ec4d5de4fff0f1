import { ascii, listOf, matching, type OptionRule, required } from './assert-options.js'
import { reservedParameters } from './authorization-url.js'
import type { ClientSettings, OidcSettings } from './client-settings.js'

/** Options of every provider. */
export interface ClientOptions {
  /** Client ID that the provider issued for the application. */
  readonly clientId: string
  /**
   * Identifier in paths, such as `google` in `/auth/providers/google/callback`. Set it if you have two providers of one kind.
   * @default name of the function, such as `google`
   */
  readonly name?: string
  /**
   * Name for people, for example on buttons.
   * @default name of the provider, such as `Google`
   */
  readonly displayName?: string
  /**
   * Scopes that the application requests of the user. With OpenID Connect, `openid` is always among them.
   * @default the scopes for address and name
   */
  readonly scopes?: readonly string[]
  /**
   * Further parameters of the authorization URL, such as `prompt`.
   * @default none
   * @example
   * ```ts
   * const authorizationParameters = { prompt: 'select_account' }
   * ```
   */
  readonly authorizationParameters?: Readonly<Record<string, string>>
  /**
   * Maximum duration of all requests to the provider in one step of a sign-in, in milliseconds. After that, the provider
   * counts as unavailable.
   * @default 5000
   */
  readonly timeoutMilliseconds?: number
}

/** The option of providers that know the client by a secret. */
export interface ClientSecretOptions {
  /** Client secret that the provider issued for the application. */
  readonly clientSecret: string
}

/** The option of providers whose ID tokens native apps may send. */
export interface NativeAppOptions {
  /**
   * Client IDs of your native apps at the same provider. ID tokens for these apps, and requested by them, are accepted too.
   * @default none: only tokens for `clientId`
   */
  readonly nativeClientIds?: readonly string[]
}

const parameters: OptionRule = {
  allowed: 'an object of texts, without the parameters that fast-auth sets',
  accepts: value =>
    typeof value === 'object' &&
    value !== null &&
    Object.entries(value).every(([name, text]) => typeof text === 'string' && !reservedParameters.has(name)),
}

const milliseconds: OptionRule = {
  allowed: 'a whole number from 100 to 60000',
  accepts: value => Number.isInteger(value) && Number(value) >= 100 && Number(value) <= 60_000,
}

/** Rules of `ClientOptions`. */
export const clientRules = {
  clientId: required(ascii(500)),
  name: matching(/^[a-z][a-z0-9-]{0,39}$/, '1 to 40 lower-case letters, digits and hyphens, with a letter first'),
  displayName: matching(/^\P{Cc}{1,100}$/u, 'text of 1 to 100 characters'),
  scopes: listOf(/^[\x21\x23-\x5b\x5d-\x7e]{1,200}$/, 'a list of up to 50 scopes'),
  authorizationParameters: parameters,
  timeoutMilliseconds: milliseconds,
} satisfies Readonly<Record<string, OptionRule>>

/** Rules of `ClientSecretOptions`. */
export const secretRules: Readonly<Record<string, OptionRule>> = { clientSecret: required(ascii(2000)) }

/** Rules of `NativeAppOptions`. */
export const nativeAppRules: Readonly<Record<string, OptionRule>> = {
  nativeClientIds: listOf(/^[\x21-\x7e]{1,500}$/, 'a list of up to 50 client IDs'),
}

/** Fills in the defaults that all providers have in common. */
export function clientSettings(
  factory: string,
  options: ClientOptions,
  defaults: { readonly displayName: string; readonly scopes: readonly string[] },
): Omit<ClientSettings, 'issuer' | 'responseMode' | 'clientSecret' | 'tokenEndpointAuthMethod'> {
  const { clientId, name = factory, displayName = defaults.displayName, scopes = defaults.scopes } = options
  const { authorizationParameters = {}, timeoutMilliseconds = 5_000 } = options
  return {
    factory,
    urls: {},
    clientId,
    name,
    displayName,
    scopes: [...new Set(scopes)],
    authorizationParameters: { ...authorizationParameters },
    timeoutMilliseconds,
  }
}

/** Fills in the defaults of providers of OpenID Connect. Their metadata are below the issuer. */
export function oidcSettings(
  factory: string,
  options: ClientOptions & NativeAppOptions,
  { displayName, issuer }: { readonly displayName: string; readonly issuer: string },
): Omit<OidcSettings, 'clientSecret' | 'isEmailVerified'> {
  const settings = clientSettings(factory, options, { displayName, scopes: ['email', 'profile'] })
  return {
    ...settings,
    scopes: [...new Set(['openid', ...settings.scopes])],
    issuer,
    discoveryUrl: `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
    responseMode: 'query',
    tokenEndpointAuthMethod: null,
    nativeClientIds: options.nativeClientIds ?? [],
    usesUserInfo: false,
  }
}
