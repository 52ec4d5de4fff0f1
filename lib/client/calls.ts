import { AuthError } from './auth-error.js'
import { type ExchangeDependencies, exchange } from './exchange.js'
import type {
  AuthConfirmationRequired,
  AuthProviderSignInWaiting,
  AuthResponse,
  AuthSecondFactorRequired,
  AuthSignInCodeRequested,
} from './generated/operations.js'
import { operations } from './generated/operations.js'
import type { OperationFunctions, OperationId, OperationSettings } from './operation-functions.js'
import type { OwnAddresses } from './own-addresses.js'
import { refusalOf, unexpected } from './refusal.js'
import type { Renewer } from './renewer.js'
import type { SessionKeeper } from './session-keeper.js'
import type { Turns } from './turns.js'

export interface CallDependencies {
  readonly addresses: OwnAddresses
  readonly exchangeDependencies: ExchangeDependencies
  readonly keeper: SessionKeeper
  readonly renewer: Renewer
  readonly send: typeof fetch
  readonly transport: 'cookie' | 'token'
  readonly turns: Turns
}

export interface Calls {
  readonly functions: OperationFunctions
  postRefresh(signal: AbortSignal): Promise<Response>
}

const isOperationId = (name: string): name is OperationId => name in operations

type Input = Readonly<Record<string, unknown>>

/** These operations begin a session, or a sign-in that continues with another operation. */
const beginnings: ReadonlySet<string> = new Set<OperationId>([
  'signUp',
  'signIn',
  'completeSignIn',
  'signInWithPasskey',
  'requestSignInCode',
  'signInWithCode',
  'redeemProviderCode',
  'signInWithIdToken',
  'finishProviderSignUp',
])

/** These operations continue a sign-in. */
const steps: ReadonlySet<string> = new Set<OperationId>(['completeSignIn', 'signInWithCode', 'finishProviderSignUp'])

/** These operations let the client choose the transport of the new session. */
const choices: ReadonlySet<string> = new Set<OperationId>([
  'signUp',
  'signIn',
  'signInWithPasskey',
  'requestSignInCode',
  'startProviderSignIn',
  'signInWithIdToken',
])

/** These operations need a cookie with both transports: it binds a visit to a provider to this browser. */
const boundToBrowser: ReadonlySet<string> = new Set<OperationId>([
  'startProviderSignIn',
  'linkIdentity',
  'redeemProviderCode',
])

/**
 * These operations raise the generation of the session by one: after a lost response, a refresh within the grace time gets the new
 * tokens.
 */
const rotations: ReadonlySet<string> = new Set<OperationId>(['switchOrganization', 'acceptInvitation'])

/** These operations continue the session with new tokens. Those that are no rotations raise its generation by two. */
const continuations: ReadonlySet<string> = new Set<string>([
  ...rotations,
  ...(['changePassword', 'reauthenticate', 'confirmTotp'] satisfies OperationId[]),
])

/** These operations change or end memberships, possibly that of the user. */
const membershipChanges: ReadonlySet<string> = new Set<OperationId>([
  'changeMemberRole',
  'removeMember',
  'deleteOrganization',
])

/** These operations replace the cookies. They run one at a time, since concurrent responses would overwrite each other. */
export const cookieOperations: ReadonlySet<string> = new Set<string>([
  ...beginnings,
  ...continuations,
  ...(['signOut', 'deleteMe'] satisfies OperationId[]),
])

/** Returns the path with its parameters, and the rest of the input. */
function placed(path: string, input: Input): { readonly path: string; readonly rest: Input } {
  const [parameter, name] = /\{(\w+)\}/.exec(path) ?? []
  if (parameter === undefined || name === undefined) return { path, rest: input }
  const { [name]: value, ...rest } = input
  return placed(path.replace(parameter, encodeURIComponent(String(value))), rest)
}

function query(rest: Input): string {
  const text = Object.entries(rest)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`)
    .join('&')
  return text === '' ? '' : `?${text}`
}

/** Returns the body of a success: JSON or empty. Rejects other bodies, such as the page of a captive portal. */
async function textOf(response: Response): Promise<string> {
  const text = await response.clone().text()
  const isJson = response.headers.get('content-type')?.includes('json') === true
  if (text === '' ? response.status !== 204 : !isJson) throw unexpected(response)
  return text
}

/** Sends the operations of the document, and updates the session from their responses. */
export function createCalls(dependencies: CallDependencies): Calls {
  const { addresses, exchangeDependencies, keeper, renewer, send, transport, turns } = dependencies
  /** With transport `token`: stands for a sign-in that waits for a mailed code, a second factor or profile fields. */
  let signInToken: string | undefined

  function request(id: OperationId, input: Input, accessToken: string | null, signal?: AbortSignal): Promise<Response> {
    const [method, template] = operations[id]
    const { path, rest } = placed(template, input)
    const hasBody = method !== 'GET' && Object.keys(rest).length > 0
    return send(addresses.operation(method === 'GET' ? path + query(rest) : path), {
      method,
      credentials: transport === 'cookie' || boundToBrowser.has(id) ? 'include' : 'omit',
      headers: {
        ...(accessToken === null ? {} : { authorization: `Bearer ${accessToken}` }),
        ...(hasBody ? { 'content-type': 'application/json' } : {}),
      },
      ...(hasBody ? { body: JSON.stringify(rest) } : {}),
      ...(signal === undefined ? {} : { signal }),
    })
  }

  /** Begins the session of a response, or keeps the token of a sign-in that continues. */
  async function begin(
    answer:
      | AuthResponse
      | AuthConfirmationRequired
      | AuthProviderSignInWaiting
      | AuthSecondFactorRequired
      | AuthSignInCodeRequested,
  ): Promise<void> {
    signInToken = 'signInToken' in answer ? answer.signInToken : undefined
    if ('session' in answer) await keeper.began(answer)
  }

  /** Updates the session from a response. */
  async function takeIn(id: OperationId, input: Input, body: string, era: number, renewals: number): Promise<void> {
    if (id === 'signOut' || id === 'deleteMe') return keeper.ended(era)
    if (beginnings.has(id)) return begin(JSON.parse(body))
    if (continuations.has(id)) return keeper.renewed(JSON.parse(body), era)
    if (id === 'getMe') return keeper.saw(JSON.parse(body), era, renewals)
    if (id === 'updateMe') return keeper.changed(JSON.parse(body).user, era)
    return follow(id, input, body, era)
  }

  /** Follows what a response says about the organisation in which the session acts. */
  async function follow(id: OperationId, input: Input, body: string, era: number): Promise<void> {
    if (membershipChanges.has(id)) keeper.moved(input, body && JSON.parse(body).role, era)
    else if (id === 'listOrganizations' && keeper.doubts(JSON.parse(body), !input.after)) await call('getMe')
  }

  /** Adds the fields that the client sets itself. */
  async function spoken(id: OperationId, input: Input): Promise<Input> {
    if (choices.has(id)) return { ...input, transport }
    if (steps.has(id)) return { ...input, signInToken }
    const isNamed = id === 'signOut' || rotations.has(id)
    const refreshToken = isNamed ? (await keeper.tokens?.current())?.refreshToken : undefined
    return refreshToken === undefined ? input : { ...input, refreshToken }
  }

  function sent(id: OperationId, input: Input, signal: AbortSignal | undefined): Promise<Response> {
    const { era } = keeper
    async function attempt(accessToken: string | null): Promise<Response> {
      const { renewals } = keeper
      const response = await request(id, await spoken(id, input), accessToken, signal)
      if (response.ok) await takeIn(id, input, await textOf(response), era, renewals)
      return response
    }
    const response = exchange(exchangeDependencies, {
      send: token => (cookieOperations.has(id) ? turns.inTurn(() => attempt(token)) : attempt(token)),
      isRepeatable: true,
      mayCarryPassword: operations[id][0] !== 'GET',
    })
    return rotations.has(id) ? recovered(response) : response
  }

  /** Gets the tokens that were lost with a response: there is none, or that of a proxy or a failed server. */
  async function recovered(response: Promise<Response>): Promise<Response> {
    const isLost = await response.then(({ status }) => status >= 500).catch(() => true)
    if (isLost) await renewer.refresh().catch(() => {})
    return response
  }

  async function call(id: OperationId, input: Input = {}, { signal }: OperationSettings = {}) {
    addresses.operation('')
    try {
      const response = await (id === 'refreshSession' ? renewer.refresh() : sent(id, input, signal))
      if (!response.ok) return { error: await refusalOf(response) }
      const text = await textOf(response)
      return { status: response.status, data: text === '' ? undefined : JSON.parse(text) }
    } catch (cause) {
      if (cause instanceof AuthError) return { error: cause }
      return signal?.aborted
        ? { error: new AuthError('ABORTED', 'The caller has given up', { cause }) }
        : { error: new AuthError('NETWORK_FAILURE', 'The request got no answer', { cause }) }
    }
  }

  const ids = Object.keys(operations).filter(isOperationId)
  return {
    functions: Object.fromEntries(
      ids.map((id): readonly unknown[] => [
        id,
        (input: Input, settings: OperationSettings) => call(id, input, settings),
      ]),
    ),
    async postRefresh(signal) {
      const tokens = (await keeper.tokens?.current()) ?? null
      const { refreshToken } = tokens ?? {}
      return refreshToken === undefined
        ? request('refreshSession', {}, tokens?.accessToken ?? null, signal)
        : request('refreshSession', { refreshToken }, null, signal)
    },
  }
}
