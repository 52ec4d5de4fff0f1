import { eventContext } from '../../events/event-context.js'
import { runAfterHook } from '../../hooks/call-hook.js'
import type { EpochMilliseconds, UserRecord } from '../../storage/records.js'
import type { RequestOrigin } from '../../telemetry/request-origin.js'
import type { IssuedTokens } from '../../tokens/issued-tokens.js'
import { connectedProvider } from './connected-provider.js'
import type { ProviderDependencies } from './dependencies.js'
import { ProviderUnavailableError } from './errors.js'
import { type FlowResult, openResult, sealResult } from './flow-result.js'
import type { IdentitySignIn } from './identity-sign-in.js'
import { linkIdentity } from './link-identity.js'
import type { ProviderFlowClaim } from './port.js'
import { provenIdentity } from './proven-identity.js'
import type { ProviderIdentified } from './provider.js'
import { flowIdOf, hasState, type ProviderFlow } from './provider-flow.js'
import { signInWithIdentity } from './sign-in-with-identity.js'

export interface FinishProviderFlow {
  /** The name of the provider whose callback was called. */
  readonly provider: string
  /** The parameters of the callback. */
  readonly parameters: URLSearchParams
  /** The live flows of this browser. */
  readonly flows: readonly ProviderFlow[]
  readonly client: RequestOrigin
  readonly now: EpochMilliseconds
}

export interface FinishedFlow {
  readonly flow: ProviderFlow
  readonly result: FlowResult
  /** The tokens of the session that this request has created; `null` if there is none, or another request has. */
  readonly issued: IssuedTokens | null
}

type Asked = Pick<FinishProviderFlow, 'client' | 'now'>
type Concluded = Omit<FinishedFlow, 'flow'>

const refused = (code: string): Concluded => ({ result: { kind: 'refused', code }, issued: null })

function resultOf(signIn: IdentitySignIn): Concluded {
  if (signIn.outcome === 'signUpRequired') return { result: { kind: 'signUp', pending: signIn.pending }, issued: null }
  if (signIn.outcome === 'signedIn') {
    const { issued, isNewUser } = signIn
    const { user, session } = issued
    return { result: { kind: 'session', userId: user.id, sessionId: session.id, isNewUser }, issued }
  }
  const { user, identity, methods } = signIn
  return { result: { kind: 'secondFactor', userId: user.id, identity, methods }, issued: null }
}

function userOf(signIn: IdentitySignIn): UserRecord | null {
  if (signIn.outcome === 'signedIn') return signIn.issued.user
  return signIn.outcome === 'secondFactorRequired' ? signIn.user : null
}

/** Signs in, or links the identity, whichever the flow is for. Hands the tokens of the provider to the application. */
async function useIdentity(
  dependencies: ProviderDependencies,
  { provider, linking }: ProviderFlow,
  { identity, tokens }: ProviderIdentified,
  { client, now }: Asked,
): Promise<Concluded> {
  const handOver = (user: UserRecord) =>
    runAfterHook(dependencies, 'onProviderTokens', { user, provider, tokens, client, now })
  if (linking !== null) {
    const user = await linkIdentity(dependencies, { provider, identity, linking, client, now })
    await handOver(user)
    return { result: { kind: 'linked', provider }, issued: null }
  }
  const signIn = await signInWithIdentity(dependencies, { provider, identity, client, now })
  const user = userOf(signIn)
  if (user !== null) await handOver(user)
  return resultOf(signIn)
}

/** Returns the code of an error that the page learns; rethrows any other. */
function codeOf(error: unknown): string {
  const { code, statusCode } = Object(error)
  if (statusCode < 500 || error instanceof ProviderUnavailableError) return code
  throw error
}

/** Continues a flow that this request has claimed. */
async function conclude(
  dependencies: ProviderDependencies,
  flow: ProviderFlow,
  { provider, parameters, client, now }: FinishProviderFlow,
): Promise<Concluded> {
  const { state, nonce, codeVerifier } = flow
  const { client: protocol } = connectedProvider(dependencies, provider)
  const answer = await protocol.exchange({ parameters, state, nonce, codeVerifier, now })
  const about = { provider, userId: flow.linking?.userId ?? null, client, now }
  try {
    return await useIdentity(dependencies, flow, provenIdentity(dependencies, answer, about), { client, now })
  } catch (error) {
    return refused(codeOf(error))
  }
}

/** A request waits 15 s for another one with the same flow: longer than a provider may take to answer. */
const pauses = 100
const pauseMilliseconds = 150

/** Claims the flow, or waits for the result of the request that has claimed it. */
async function claimOrWait(
  { providerFlows, sleep }: Pick<ProviderDependencies, 'providerFlows' | 'sleep'>,
  flow: ProviderFlow,
  now: EpochMilliseconds,
): Promise<ProviderFlowClaim> {
  const request = { flowId: flowIdOf(flow), now, expiresAt: flow.expiresAt }
  let claim = await providerFlows.claim(request)
  for (let count = 0; claim.outcome === 'pending' && count < pauses; count += 1) {
    await sleep(pauseMilliseconds)
    claim = await providerFlows.claim(request)
  }
  return claim
}

/**
 * Finishes a flow at the callback. Of any number of requests with one flow, one continues it; the others wait and get the same
 * result: browsers visit a callback twice.
 * @returns `null` if no flow of this browser belongs to the callback
 */
export async function finishProviderFlow(
  dependencies: ProviderDependencies,
  request: FinishProviderFlow,
): Promise<FinishedFlow | null> {
  const { provider, parameters, flows, client, now } = request
  const flow = flows.find(one => one.provider === provider && hasState(one, parameters.get('state')))
  if (flow === undefined) {
    const context = eventContext({ userId: null, sessionId: null, client, now })
    dependencies.emit({ name: 'authn_login_fail', reason: 'unknown_provider_flow', ...context })
    return null
  }
  const flowId = flowIdOf(flow)
  const { sealer, providerFlows } = dependencies
  const claim = await claimOrWait(dependencies, flow, now)
  if (claim.outcome === 'settled') {
    const result = openResult(sealer, flowId, claim.result)
    return { flow, ...(result === null ? refused('FAST_AUTH_PROVIDER_FLOW_INVALID') : { result, issued: null }) }
  }
  if (claim.outcome === 'pending') return { flow, ...refused('FAST_AUTH_PROVIDER_UNAVAILABLE') }
  const settle = ({ result }: Concluded) =>
    providerFlows.settle({ flowId, result: sealResult(sealer, flowId, result), now })
  try {
    const concluded = await conclude(dependencies, flow, request)
    await settle(concluded)
    return { flow, ...concluded }
  } catch (error) {
    // Other requests with this flow must not wait. If this fails too, they wait until their patience ends.
    await Promise.allSettled([settle(refused('FAST_AUTH_PROVIDER_FLOW_INVALID'))])
    throw error
  }
}
