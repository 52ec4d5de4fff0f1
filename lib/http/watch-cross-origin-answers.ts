import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

export interface CrossOriginWatch {
  /** Origins that may send requests. */
  readonly origins: ReadonlySet<string>
  onStranger(): void
}

/** Whether the browser lets a page of another origin read this answer, which was made for the person's cookies. */
function isReadable({ headers }: FastifyRequest, reply: FastifyReply): boolean {
  return (
    headers['sec-fetch-site'] !== 'same-origin' &&
    reply.getHeader('access-control-allow-origin') === headers.origin &&
    String(reply.getHeader('access-control-allow-credentials')) === 'true'
  )
}

/** Tells of answers of `scope` that CORS, which is the host's, hands to pages of origins that are not trusted. */
export function watchCrossOriginAnswers(scope: FastifyInstance, { origins, onStranger }: CrossOriginWatch): void {
  scope.addHook('onSend', (request, reply, _payload, done) => {
    const { origin } = request.headers
    if (origin !== undefined && !origins.has(origin) && isReadable(request, reply)) onStranger()
    done()
  })
}
