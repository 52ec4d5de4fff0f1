import { setTimeout as sleep } from 'node:timers/promises'
import type { TSchema } from '@sinclair/typebox'
import type { ErrorObject } from 'ajv'
import { CookiesInsecureError, OptionInvalidError } from '../../errors/index.js'
import { hookNames } from '../../events/hook-names.js'
import { ApiKeyOptions, type ResolvedApiKeyOptions } from '../../features/api-keys/options.js'
import type { EmailSignInSettings } from '../../features/email-codes/options.js'
import type { OrganizationSettings } from '../../features/organizations/options.js'
import type { PasskeySettings } from '../../features/passkeys/options.js'
import type { ProviderSettings } from '../../features/providers/options.js'
import { allowedHashers, hasherForTests } from '../../hashing/hasher-setting.js'
import { defaultHashingConcurrency } from '../../hashing/hashing-queue.js'
import type { Hooks } from '../../hooks/hooks.js'
import { messageTemplates } from '../../mail/templates/index.js'
import type { KeyPair } from '../../tokens/key-pair.js'
import { appNameOf } from '../app-name-of.js'
import { assertConsistent } from './assert-consistent.js'
import { hasOptionsShape } from './has-options-shape.js'
import { allowed, optionSentence } from './option-sentence.js'
import { type FastAuthOptions, OptionsSchema } from './options-schema.js'
import { refuseCookieDomain } from './refuse-cookie-domain.js'
import { refuseProfileSchema } from './refuse-profile-schema.js'
import { refuseUnsafeSecrets } from './refuse-unsafe-secrets.js'
import { refuseUnsendableEmail } from './refuse-unsendable-email.js'
import { resolveAccessTokenKeys } from './resolve-access-token-keys.js'
import { resolveEmailSignIn } from './resolve-email-sign-in.js'
import { resolveLifetimes } from './resolve-lifetimes.js'
import { resolveOrganizations } from './resolve-organizations.js'
import { resolvePasskeys } from './resolve-passkeys.js'
import { resolveProviders } from './resolve-providers.js'

type Filled<T, Without extends keyof T = never> = Required<Omit<T, Without>> & Pick<T, Without>

/** The options with all defaults filled in. */
export interface ResolvedOptions
  extends Filled<
    Omit<
      FastAuthOptions,
      | 'accessTokenKeys'
      | 'cookies'
      | 'passwords'
      | 'apiKeys'
      | 'passkeys'
      | 'emailSignIn'
      | 'providers'
      | 'identities'
      | 'organizations'
      | 'purge'
      | 'secrets'
      | 'email'
      | 'hooks'
      | 'limits'
      | 'revocationFeed'
    >,
    'claims' | 'profileSchema' | 'publicUrl' | 'onEvent' | 'metrics'
  > {
  readonly secrets: readonly [string, ...string[]]
  readonly accessTokenKeys: readonly KeyPair[]
  readonly cookies: Filled<NonNullable<FastAuthOptions['cookies']>, 'domain' | 'previousDomain' | 'namePrefix'>
  readonly passwords: Filled<NonNullable<FastAuthOptions['passwords']>, 'breachedPasswordCheck' | 'changePasswordUrl'>
  /** `false`: there are no API keys. */
  readonly apiKeys: ResolvedApiKeyOptions | false
  /** `null`: there are no passkeys. */
  readonly passkeys: PasskeySettings | null
  /** `null`: no codes are mailed. */
  readonly emailSignIn: EmailSignInSettings | null
  /** `null`: there are no other providers. */
  readonly identities: ProviderSettings | null
  /** `null`: there are no organisations. */
  readonly organizations: OrganizationSettings | null
  readonly hooks: Filled<NonNullable<FastAuthOptions['hooks']>, keyof Hooks>
  readonly limits: Filled<NonNullable<FastAuthOptions['limits']>, 'counters'>
  readonly purge: Required<NonNullable<FastAuthOptions['purge']>>
  readonly revocationFeed: Required<NonNullable<FastAuthOptions['revocationFeed']>>
  /** `null` without a sender. */
  readonly email: ResolvedEmail | null
  /** Milliseconds of a monotonic clock. */
  uptime(): number
  sleep(milliseconds: number): Promise<void>
}

export interface ResolvedEmail extends Filled<NonNullable<FastAuthOptions['email']>, 'appName' | 'messages' | 'links'> {
  readonly publicUrl: string
}

const queuePlacesPerHash = 16

const processUptime = () => performance.now()

/** Returns the `default` annotations of an object schema. */
function defaultsOf(schema: { readonly properties: Readonly<Record<string, TSchema>> }): Record<string, unknown> {
  const annotated = Object.entries(schema.properties).filter(([, property]) => 'default' in property)
  return Object.fromEntries(annotated.map(([name, property]) => [name, property.default]))
}

function refuseMalformed(given: unknown): asserts given is FastAuthOptions {
  if (!hasOptionsShape(given))
    throw new OptionInvalidError(optionSentence((hasOptionsShape.errors as [ErrorObject])[0]))
}

function refuseNonFormats(formats: readonly unknown[]): void {
  for (const [index, format] of formats.entries()) {
    const { identifies, verifies } = Object(format)
    if (typeof identifies !== 'function' || typeof verifies !== 'function') {
      throw new OptionInvalidError(
        `The option "passwords.formats[${index}]" of fast-auth must be a format, made with custom()`,
      )
    }
  }
}

function refuseInsecureCookies({ cookies }: ResolvedOptions, isProduction: boolean): void {
  const { secure, sameSite } = cookies
  if (sameSite === 'none' && !secure) {
    throw new CookiesInsecureError(
      'The option "cookies.sameSite" of fast-auth is "none", which browsers accept only with "cookies.secure": true',
    )
  }
  if (isProduction && !secure) {
    throw new CookiesInsecureError(
      'The option "cookies.secure" of fast-auth is false, and NODE_ENV is "production": tokens would be sent unencrypted. Serve over HTTPS and leave it out',
    )
  }
}

function refuseHasherForTests({ passwords }: ResolvedOptions, isProduction: boolean): void {
  if (!isProduction || passwords.hasher !== hasherForTests) return
  throw new OptionInvalidError(
    `The option "passwords.hasher" of fast-auth is the hasher for tests, and NODE_ENV is "production": it must be ${allowedHashers}`,
  )
}

function refuseNonStorage(storage: unknown): void {
  if (typeof storage !== 'object' || storage === null) {
    throw new OptionInvalidError(
      `The option "storage" of fast-auth must be ${allowed(OptionsSchema.properties.storage)}`,
    )
  }
}

function refuseNonFunction(name: string, value: unknown): void {
  if (value !== undefined && typeof value !== 'function') {
    throw new OptionInvalidError(`The option "${name}" of fast-auth must be a function`)
  }
}

function refuseNonFunctions({
  onEvent,
  metrics,
  clock,
  claims,
  email,
  passwords,
  limits,
  hooks,
}: FastAuthOptions): void {
  refuseNonFunction('claims', claims)
  refuseNonFunction('onEvent', onEvent)
  refuseNonFunction('metrics', metrics)
  refuseNonFunction('clock', clock)
  refuseNonFunction('clock.monotonic', clock?.monotonic)
  refuseNonFunction('clock.sleep', clock?.sleep)
  refuseNonFunction('passwords.breachedPasswordCheck', passwords?.breachedPasswordCheck)
  refuseNonFunction('limits.counters', limits?.counters)
  for (const name of hookNames) refuseNonFunction(`hooks.${name}`, hooks?.[name])
  for (const [kind, wording] of Object.entries(email?.messages ?? {})) {
    if (!Object.hasOwn(messageTemplates, kind))
      throw new OptionInvalidError(`fast-auth has no option "email.messages.${kind}"`)
    refuseNonFunction(`email.messages.${kind}`, wording)
  }
}

function withEmailDefaults({ email, publicUrl }: FastAuthOptions): ResolvedEmail | null {
  if (email === undefined || publicUrl === undefined) return null
  return { ...defaultsOf(OptionsSchema.properties.email), ...present(email), publicUrl } as ResolvedEmail
}

/** Returns the keys that have a value: an option that is `undefined` counts as omitted. */
function present<T extends object>(options: T | undefined): Partial<T> {
  return Object.fromEntries(Object.entries(options ?? {}).filter(([, value]) => value !== undefined)) as Partial<T>
}

/** Returns a copy of individually valid options with all defaults. */
function withDefaults(given: FastAuthOptions): ResolvedOptions {
  const { cookies, passwords, limits, hooks, purge, revocationFeed } = OptionsSchema.properties
  const hashingConcurrency = given.passwords?.hashingConcurrency ?? defaultHashingConcurrency()
  const email = withEmailDefaults(given)
  const { publicUrl, issuer = publicUrl ?? 'fast-auth' } = given
  return {
    issuer,
    clock: Date.now,
    uptime: given.clock?.monotonic ?? processUptime,
    sleep: given.clock?.sleep ?? sleep,
    ...defaultsOf(OptionsSchema),
    ...present(given),
    cookies: { ...defaultsOf(cookies), ...present(given.cookies) },
    accessTokenKeys: resolveAccessTokenKeys(given.accessTokenKeys),
    apiKeys: given.apiKeys !== false && { ...defaultsOf(ApiKeyOptions), ...present(given.apiKeys) },
    limits: { ...defaultsOf(limits), ...present(given.limits) },
    hooks: { ...defaultsOf(hooks), ...present(given.hooks) },
    purge: { ...defaultsOf(purge), ...present(given.purge) },
    revocationFeed: { ...defaultsOf(revocationFeed), ...present(given.revocationFeed) },
    email,
    emailSignIn: resolveEmailSignIn(given),
    identities: resolveProviders(given),
    organizations: resolveOrganizations(given),
    passkeys: resolvePasskeys(given, appNameOf({ email, publicUrl, issuer })),
    passwords: {
      ...defaultsOf(passwords),
      hashingConcurrency,
      hashingQueueLimit: queuePlacesPerHash * hashingConcurrency,
      ...present(given.passwords),
    },
  } as ResolvedOptions
}

/**
 * Validates the options and fills in the defaults, in a copy. Everything that can be refused is refused here, before anything
 * is created, with a sentence that names the option.
 * @throws {OptionInvalidError} @throws {SecretUnsafeError} @throws {CookiesInsecureError}
 */
export function resolveOptions(given: unknown, environment: { readonly isProduction: boolean }): ResolvedOptions {
  refuseMalformed(given)
  refuseUnsafeSecrets({
    secrets: given.secrets,
    introspectionSecrets: given.introspectionSecrets ?? [],
    'passwords.pepper': given.passwords?.pepper ?? [],
  })
  refuseNonFormats(given.passwords?.formats ?? [])
  refuseNonFunctions(given)
  refuseProfileSchema(given.profileSchema)
  refuseNonStorage(given.storage)
  refuseUnsendableEmail(given)
  const filled = withDefaults(given)
  const settled = { ...filled, ...resolveLifetimes(given, filled) }
  assertConsistent(settled)
  refuseCookieDomain(settled.cookies, settled.publicUrl)
  refuseInsecureCookies(settled, environment.isProduction)
  refuseHasherForTests(settled, environment.isProduction)
  return settled
}
