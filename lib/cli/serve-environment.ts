import { type TokenMode, tokenModes } from '../../schemas/sessions/token-mode.js'
import { isPageUrl } from '../composition/options/option-formats.js'
import { type FastAuthOptions, OptionsSchema } from '../composition/options/options-schema.js'
import { isDomainOf } from '../composition/options/refuse-cookie-domain.js'
import { listsWithOneSecret } from '../composition/options/refuse-unsafe-secrets.js'
import { isOrigin } from '../http/serialised-origin.js'
import { type Database, readDatabase } from './database-url.js'
import { readLifetimes } from './lifetime-variables.js'
import { type MailSettings, readMail } from './mail-url.js'
import { readOrganizations } from './organization-variables.js'
import { partsOf } from './parts-of.js'
import { type PasskeyVariables, readPasskeys } from './passkey-variables.js'
import { readPasswordHashing } from './password-hashing.js'
import { readProviders } from './provider-settings.js'
import type { Environment } from './read-environment.js'
import { readSecretList } from './read-secret-list.js'
import { mustBe, readSwitch, readText, readWholeNumber, readWord } from './read-variable.js'
import { readTrustProxy, type TrustProxy } from './trust-proxy.js'

/** The settings of `fast-auth serve`. */
export interface ServeSettings {
  readonly host: string
  /** 0 selects a free port. */
  readonly port: number
  readonly database: Database
  /** `undefined` if none are set and this is not production. */
  readonly secrets: readonly string[] | undefined
  /** Paths relative to the working directory. */
  readonly keyFiles: readonly string[]
  /** If `undefined`, the URL is `http://localhost` with the port. */
  readonly publicUrl: string | undefined
  readonly mail: MailSettings
  readonly passkeys: PasskeyVariables
  readonly trustProxy: TrustProxy
  readonly hasLimits: boolean
  readonly logLevel: string
  /** Whether NODE_ENV is `production`. */
  readonly isProduction: boolean
  readonly options: Omit<
    FastAuthOptions,
    'secrets' | 'accessTokenKeys' | 'storage' | 'publicUrl' | 'email' | 'limits' | 'passkeys'
  >
}

const { properties: schemas } = OptionsSchema
const maximumPort = 65_535
const maximumKeyFiles = 16
const isBearerToken = (text: string) => /^[\w.~+/-]+=*$/.test(text)
const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const

type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> }

/** Returns the entries that are not `undefined`; the plugin has defaults for the others. */
function present<T extends object>(entries: T): Present<T> {
  return Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined)) as Present<T>
}

function readSecrets(environment: Environment): string[] | undefined {
  if (environment.JWT_SECRET_KEY === undefined && environment.NODE_ENV === 'production')
    throw new Error('JWT_SECRET_KEY must be set if NODE_ENV is production. Create one with: fast-auth secret')
  return readSecretList(environment, 'JWT_SECRET_KEY')
}

function readIntrospectionSecrets(environment: Environment): string[] | undefined {
  const secrets = readSecretList(environment, 'INTROSPECTION_SECRET_KEY')
  if (secrets?.every(isBearerToken) !== false) return secrets
  throw mustBe('INTROSPECTION_SECRET_KEY', 'of letters, digits and - . _ ~ + / = alone')
}

function readKeyFileNames({ JWT_PRIVATE_KEY_FILE: text = '' }: Environment): string[] {
  const files = partsOf(text)
  if (files.length <= maximumKeyFiles) return files
  throw mustBe('JWT_PRIVATE_KEY_FILE', `at most ${maximumKeyFiles} files, separated by commas`)
}

/** Refuses user, query and fragment: other URLs are built from this one. */
function readPublicUrl({ PUBLIC_URL: text }: Environment): string | undefined {
  if (text === undefined) return undefined
  if (/^https?:\/\/[^?#@;]+$/.test(text) && URL.canParse(text)) return text
  throw mustBe('PUBLIC_URL', 'a URL such as https://auth.example.com')
}

function readPageUrl({ CHANGE_PASSWORD_URL: text }: Environment): string | undefined {
  if (text === undefined || isPageUrl(text)) return text
  throw mustBe('CHANGE_PASSWORD_URL', 'a path such as /account, or an http or https URL')
}

function readTrustedOrigins({ TRUSTED_ORIGINS: text = '' }: Environment): string[] {
  const origins = partsOf(text)
  const { maxItems } = schemas.trustedOrigins
  if (origins.length <= maxItems && origins.every(isOrigin)) return origins
  throw mustBe('TRUSTED_ORIGINS', `at most ${maxItems} origins such as https://app.example.com, separated by commas`)
}

function readCookies(environment: Environment, publicUrl: string | undefined) {
  const secure = readSwitch(environment, 'COOKIE_SECURE') ?? publicUrl?.startsWith('https:') ?? false
  const { domain: ofDomain, namePrefix: ofPrefix } = schemas.cookies.properties
  const domains = { pattern: new RegExp(ofDomain.pattern as string), allowed: 'a domain such as example.com' }
  const domain = readText(environment, 'COOKIE_DOMAIN', domains)
  const previousDomain = readText(environment, 'COOKIE_PREVIOUS_DOMAIN', domains)
  const namePrefix = readText(environment, 'COOKIE_NAME_PREFIX', {
    pattern: new RegExp(ofPrefix.pattern as string),
    allowed: 'of 1 to 40 letters, digits and _ -, and begin with a letter or a digit',
  })
  const sameSite = readWord(environment, 'COOKIE_SAME_SITE', ['lax', 'strict', 'none'])
  if (sameSite === 'none' && !secure)
    throw new Error('COOKIE_SAME_SITE=none needs secure cookies: PUBLIC_URL with https, or COOKIE_SECURE=true')
  if (environment.NODE_ENV === 'production' && !secure)
    throw new Error(
      'Cookies must be secure if NODE_ENV is production: set PUBLIC_URL to an https URL and remove COOKIE_SECURE',
    )
  return present({ secure, domain, previousDomain, namePrefix, sameSite })
}

/** Reads whether users can sign in with mailed codes, and whether that also creates accounts. */
function readEmailSignIn(environment: Environment): { readonly signUp: boolean } | undefined {
  const word = readWord(environment, 'EMAIL_SIGN_IN', ['off', 'on', 'sign-up']) ?? 'off'
  return word === 'off' ? undefined : { signUp: word === 'sign-up' }
}

/** Refuses settings that are valid individually but contradict each other. */
function assertConsistent({ secrets = [], publicUrl = 'http://localhost', options }: ServeSettings): void {
  const sharing = listsWithOneSecret({
    JWT_SECRET_KEY: secrets,
    INTROSPECTION_SECRET_KEY: options.introspectionSecrets ?? [],
    HASHER_SECRET_KEY: options.passwords?.pepper ?? [],
  })
  if (sharing !== null)
    throw new Error(`${sharing.join(' and ')} contain the same secret. Create one for each with: fast-auth secret`)
  const domain = options.cookies?.domain
  const previousDomain = options.cookies?.previousDomain
  if (domain !== undefined && !isDomainOf(domain, publicUrl))
    throw new Error('COOKIE_DOMAIN must be the host of PUBLIC_URL or a parent domain of it')
  if (previousDomain !== undefined && !isDomainOf(previousDomain, publicUrl))
    throw new Error('COOKIE_PREVIOUS_DOMAIN must be the host of PUBLIC_URL or a parent domain of it')
}

/**
 * Reads all settings of `fast-auth serve` from its environment. Refuses invalid settings before the command opens or
 * creates anything.
 * @throws {Error} A variable is invalid; the message names it and its allowed values.
 */
export function readServeSettings(environment: Environment): ServeSettings {
  const publicUrl = readPublicUrl(environment)
  const tokenMode: TokenMode = readWord(environment, 'TOKEN_MODE', tokenModes) ?? schemas.tokenMode.default
  const name = { pattern: /^.{1,200}$/su, allowed: 'text of at most 200 characters' }
  const settings: ServeSettings = {
    host: environment.HOST ?? '127.0.0.1',
    port: readWholeNumber(environment, 'PORT', { maximum: maximumPort }) ?? 3000,
    database: readDatabase(environment),
    secrets: readSecrets(environment),
    keyFiles: readKeyFileNames(environment),
    publicUrl,
    mail: readMail(environment),
    passkeys: readPasskeys(environment, publicUrl),
    trustProxy: readTrustProxy(environment),
    hasLimits: readWord(environment, 'RATE_LIMITS', ['on', 'off']) !== 'off',
    logLevel: readWord(environment, 'LOG_LEVEL', logLevels) ?? 'info',
    isProduction: environment.NODE_ENV === 'production',
    options: present({
      introspectionSecrets: readIntrospectionSecrets(environment),
      issuer: readText(environment, 'JWT_ISS', name),
      audience: readText(environment, 'JWT_AUD', name),
      trustedOrigins: readTrustedOrigins(environment),
      requireEmailConfirmation: readSwitch(environment, 'REQUIRE_EMAIL_CONFIRMATION'),
      usernames: readSwitch(environment, 'USERNAMES'),
      emailSignIn: readEmailSignIn(environment),
      providers: readProviders(environment),
      organizations: readOrganizations(environment),
      secondFactor: readWord(environment, 'SECOND_FACTOR', ['off', 'offered', 'required']) ?? 'offered',
      tokenMode,
      ...readLifetimes(environment, tokenMode),
      revocation: readWord(environment, 'REVOCATION', ['feed', 'strict', 'none']),
      cookies: readCookies(environment, publicUrl),
      bodyTimeoutSeconds: readWholeNumber(environment, 'BODY_TIMEOUT', { ...schemas.bodyTimeoutSeconds, minimum: 1 }),
      passwords: present({ ...readPasswordHashing(environment), changePasswordUrl: readPageUrl(environment) }),
    }),
  }
  assertConsistent(settings)
  return settings
}
