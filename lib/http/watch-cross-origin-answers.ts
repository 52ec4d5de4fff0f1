import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

export interface CrossOriginWatch {
  /** Origins that may send requests. */
  readonly origins: ReadonlySet<string>
  onStranger(): void
}

/** Returns whether the browser lets a page of another origin read this answer, which depends on the user's cookies. */
function isReadable({ headers }: FastifyRequest, reply: FastifyReply): boolean {
  return (
    headers['sec-fetch-site'] !== 'same-origin' &&
    reply.getHeader('access-control-allow-origin') === headers.origin &&
    String(reply.getHeader('access-control-allow-credentials')) === 'true'
  )
}

/** Calls `onStranger` if the host's CORS headers let pages of untrusted origins read answers of `scope`. */
export function watchCrossOriginAnswers(scope: FastifyInstance, { origins, onStranger }: CrossOriginWatch): void {
  scope.addHook('onSend', (request, reply, _payload, done) => {
    const { origin } = request.headers
    if (origin !== undefined && !origins.has(origin) && isReadable(request, reply)) onStranger()
    done()
  })
}
