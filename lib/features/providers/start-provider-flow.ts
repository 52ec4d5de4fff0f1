import { eventContext } from '../../events/event-context.js'
import type { Transport } from '../../http/answer-issued-tokens.js'
import type { EpochMilliseconds } from '../../storage/records.js'
import type { RequestOrigin } from '../../telemetry/request-origin.js'
import { acceptedReturnTo } from './accepted-return-to.js'
import { connectedProvider } from './connected-provider.js'
import type { ProviderDependencies } from './dependencies.js'
import { ProviderUnavailableError } from './errors.js'
import { type LinkingSession, newFlow, sealFlow } from './provider-flow.js'

export interface StartProviderFlow {
  /** The name of the provider. */
  readonly provider: string
  readonly returnTo: string | undefined
  readonly transport: Transport
  /** The session that links an identity; `null` for a sign-in. */
  readonly linking: LinkingSession | null
  readonly client: RequestOrigin
  readonly now: EpochMilliseconds
}

/**
 * Begins a sign-in at a provider, or the linking of an identity. Writes nothing to the storage.
 * @returns the URL of the provider, and the text of the cookie that binds the flow to the browser
 * @throws {ValidationError} `returnTo` leads elsewhere. @throws {ProviderUnavailableError}
 */
export async function startProviderFlow(
  dependencies: Pick<
    ProviderDependencies,
    'connectedProviders' | 'emit' | 'providerSettings' | 'returnPlaces' | 'sealer'
  >,
  { provider: name, returnTo, transport, linking, client: origin, now }: StartProviderFlow,
): Promise<{ readonly url: string; readonly cookie: string }> {
  const { client } = connectedProvider(dependencies, name)
  const target = acceptedReturnTo(dependencies.returnPlaces, returnTo ?? dependencies.providerSettings.returnTo)
  const flow = newFlow({ provider: name, returnTo: target, transport, linking }, now)
  const { state, nonce, codeVerifier } = flow
  const start = await client.authorizationUrl({ state, nonce, codeVerifier })
  if (start.outcome === 'ready') return { url: start.url.href, cookie: sealFlow(dependencies.sealer, flow) }
  const context = eventContext({
    userId: linking?.userId ?? null,
    sessionId: linking?.sessionId ?? null,
    client: origin,
    now,
  })
  dependencies.emit({
    name: 'provider_failed',
    reason: 'unavailable',
    provider: name,
    detail: start.reason,
    ...context,
  })
  throw new ProviderUnavailableError()
}
