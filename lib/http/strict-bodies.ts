import { isUtf8 } from 'node:buffer'
import type { IncomingMessage } from 'node:http'
import { errorCodes, type FastifyInstance, type FastifyRequest } from 'fastify'
import { ValidationError } from '../errors/index.js'

/** Our largest body is a password, an address and an application's profile fields. */
const bodyLimitBytes = 16 * 1024

const notJson = '\uFFFD'

/**
 * Decodes the JSON text of a body. Bytes that are not UTF-8 are not JSON (RFC 8259, section 8.1). If they were replaced, as
 * decoders do, many passwords would become one.
 */
function textOf(body: Buffer): string {
  return isUtf8(body) ? body.toString() : notJson
}

/** Checks the top level only: nested values may be so deep that traversing them overflows the stack. */
function isEmptyObject(body: unknown): boolean {
  return typeof body === 'object' && body !== null && !Array.isArray(body) && Object.keys(body).length === 0
}

/** A client that sends a body to a route without one expects an effect that would not occur. */
function hasUnreadBody({ body, routeOptions: { schema } }: FastifyRequest): boolean {
  return schema?.body === undefined && !isEmptyObject(body)
}

/** Finishes at the first byte of a body that is not JSON, or at the end of an empty one. */
function refuseBytes(_request: FastifyRequest, payload: IncomingMessage, done: (error: Error | null) => void): void {
  const settle = (error: Error | null) => {
    payload.off('data', onData).off('end', onEnd).off('error', settle)
    done(error)
  }
  const onData = () => settle(new errorCodes.FST_ERR_CTP_INVALID_MEDIA_TYPE())
  const onEnd = () => settle(null)
  payload.on('data', onData).on('end', onEnd).on('error', settle)
}

/**
 * Makes the routes of `scope` accept only `application/json`, independent of the host's parsers: 415 for another type, 413
 * over 16 KiB, 400 for `__proto__` and `constructor` keys. An empty body of any type counts as no body, since forms and many
 * clients send a type without one. A missing body counts as an empty object, so that a route's schema always decides; `null`
 * is not an object. A route without a body schema accepts no body.
 */
export function useStrictBodies(scope: FastifyInstance): void {
  const parse = scope.getDefaultJsonParser('error', 'error')
  scope.removeAllContentTypeParsers()
  scope.addContentTypeParser('*', refuseBytes)
  scope.addContentTypeParser<Buffer>(
    'application/json',
    { parseAs: 'buffer', bodyLimit: bodyLimitBytes },
    (request, body, done) => {
      if (body.length === 0) done(null, undefined)
      else parse(request, textOf(body), done)
    },
  )
  // Fastify refuses an unreadable type, such as an empty one, before it looks for a parser.
  scope.addHook('preParsing', (request, _reply, payload, done) => {
    if (request.headers['content-length'] === '0') request.headers = { ...request.headers, 'content-type': undefined }
    done(null, payload)
  })
  scope.addHook('preValidation', (request, _reply, done) => {
    if (request.body === undefined) request.body = {}
    done(
      hasUnreadBody(request)
        ? new ValidationError(null, 'unread', 'must be left out: nothing of it is read here')
        : undefined,
    )
  })
}
