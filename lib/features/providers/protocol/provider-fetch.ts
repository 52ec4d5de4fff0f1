import type { EpochMilliseconds } from '../../../storage/records.js'
import type { Fetch } from '../provider.js'
import { InvalidAnswerError, ProviderFailure } from './provider-errors.js'
import { retryAfterSeconds } from './retry-after.js'
import { isSecureUrl } from './secure-url.js'

interface FetchSettings {
  readonly fetch: Fetch
  readonly clock: () => EpochMilliseconds
  /** Whether requests to this machine may be unencrypted. */
  readonly allowsLoopback: boolean
  /** Aborts every request. */
  readonly signal: AbortSignal
}

interface Limits {
  /** @default 64 KiB */
  readonly maximumBytes?: number
  /** Whether an answer with status 200 must have a media type of JSON or of a JWT. */
  readonly isJson?: boolean
}

/** Sends a request to a provider. */
export type ProviderFetch = (url: string | URL, init?: RequestInit, limits?: Limits) => Promise<Response>

const defaultMaximum = 64 * 1024
const json = /^application\/(?:json|jwt|[\w.-]+\+json)\s*(?:;|$)/i
/** Statuses whose answer has no body (Fetch standard). */
const withoutBody: ReadonlySet<number> = new Set([204, 205, 304])

/** Reads a body, already decompressed, and cancels the rest of one that is too large. */
async function readWithin(body: Response['body'], maximumBytes: number): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of body ?? []) {
    length += chunk.length
    if (length > maximumBytes) throw new ProviderFailure('too_large')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/**
 * Creates a `fetch` for answers of a provider. It follows no redirect, limits the size, and reads the whole answer.
 * It rejects with a `ProviderFailure` if there is no answer, and for the statuses 429 and 500 and above.
 */
export function createProviderFetch({ fetch, clock, allowsLoopback, signal }: FetchSettings): ProviderFetch {
  async function send(url: string | URL, init: RequestInit | undefined, maximumBytes: number): Promise<Response> {
    const response = await fetch(url, { ...init, redirect: 'manual', signal })
    const { status, headers } = response
    if (status === 429 || status >= 500) {
      await response.body?.cancel()
      throw new ProviderFailure('status', retryAfterSeconds(headers.get('retry-after'), clock()))
    }
    const bytes = await readWithin(response.body, maximumBytes)
    return new Response(withoutBody.has(status) ? null : bytes, { status, headers })
  }

  return async (url, init, { maximumBytes = defaultMaximum, isJson = false } = {}) => {
    if (!isSecureUrl(String(url), allowsLoopback)) throw new TypeError('The URL is not https')
    const response = await send(url, init, maximumBytes).catch((error: unknown) => {
      throw failureOf(error)
    })
    if (isJson && response.status === 200 && !json.test(response.headers.get('content-type') ?? ''))
      throw new InvalidAnswerError('response')
    return response
  }
}

/** Every other error means that there is no answer: no connection, an incomplete body, or the deadline. */
function failureOf(error: unknown): ProviderFailure {
  return error instanceof ProviderFailure ? error : new ProviderFailure('unreachable')
}
