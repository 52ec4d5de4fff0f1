import type { ProviderUnavailableReason } from '../provider.js'
import type { Connection } from './connection.js'
import type { JsonObject } from './openid-client.js'
import { InvalidAnswerError, ProviderFailure } from './provider-errors.js'

interface DocumentRequest<Value> {
  readonly url: string
  readonly maximumBytes?: number
  /** Reads the object. Throws an `InvalidAnswerError` if it cannot be used. */
  read(body: JsonObject): Value
  /** Reason of the failure if the document cannot be used. */
  readonly reason: ProviderUnavailableReason
}

async function objectIn(response: Response): Promise<JsonObject> {
  const body: unknown = await response.json().catch(() => null)
  if (response.status !== 200 || typeof body !== 'object' || body === null) throw new InvalidAnswerError('response')
  return body as JsonObject
}

/**
 * Requests a document of a provider. One that cannot be used counts as an outage: the provider repairs it, not the user.
 * @throws {ProviderFailure} There is no usable document.
 */
export async function requestDocument<Value>(
  { withinTime }: Connection,
  { url, maximumBytes, read, reason }: DocumentRequest<Value>,
): Promise<Value> {
  const init = { headers: { accept: 'application/json' } }
  const limits = { isJson: true, ...(maximumBytes !== undefined && { maximumBytes }) }
  try {
    return await withinTime(async fetch => read(await objectIn(await fetch(url, init, limits))))
  } catch (error) {
    throw error instanceof InvalidAnswerError ? new ProviderFailure(reason) : error
  }
}
