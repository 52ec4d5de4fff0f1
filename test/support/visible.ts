import type { LightMyRequestResponse } from 'fastify'

/** Everything of an answer but when it was given. */
export function visible({ statusCode, body, headers: { date: _, ...headers } }: LightMyRequestResponse) {
  return { statusCode, body, headers }
}
