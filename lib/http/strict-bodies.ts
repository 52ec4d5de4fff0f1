import { isUtf8 } from 'node:buffer'
import type { IncomingMessage } from 'node:http'
import { errorCodes, type FastifyInstance, type FastifyRequest } from 'fastify'
import { ValidationError } from '../errors/index.js'

/** Our largest body is a password, an address and an application's profile fields. */
const bodyLimitBytes = 16 * 1024

const notJson = '\uFFFD'

/**
 * The JSON in a body. Bytes that aren't UTF-8 are not JSON (RFC 8259, section 8.1): were they replaced, as decoders do,
 * many passwords would become one.
 */
function textOf(body: Buffer): string {
  return isUtf8(body) ? body.toString() : notJson
}

/** Looks at the top alone: what is within may be so deep that whatever walks it overflows the stack. */
function isEmptyObject(body: unknown): boolean {
  return typeof body === 'object' && body !== null && !Array.isArray(body) && Object.keys(body).length === 0
}

/** Whoever sends something where nothing is read means something that would not happen. */
function hasUnreadBody({ body, routeOptions: { schema } }: FastifyRequest): boolean {
  return schema?.body === undefined && !isEmptyObject(body)
}

/** Finishes with the first byte of a body that is not JSON, or with the end of one that has none. */
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
 * Makes the routes of `scope` take `application/json` and nothing else, whatever parsers the host has: 415 for another
 * type, 413 over 16 KiB, 400 for `__proto__` and `constructor` keys. A body without a byte is none, of whichever type:
 * forms and many clients name a type all the same. A missing body counts as an empty object, so that a route's schema
 * always decides; `null` is no object. A route without a schema for a body takes none.
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
  // Fastify refuses a type that cannot be read, such as an empty one, before it looks for a parser.
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
