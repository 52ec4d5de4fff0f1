/**
 * The application that a file of this folder opens. Its `GET /protected` returns the same response to every authorized client.
 * @typedef {object} Subject
 * @property {import('fastify').FastifyInstance} app
 * @property {(count: number) => Promise<string[][]> | string[][]} credentials
 * @property {(seconds: number) => Promise<number>} [perSecond] Measures how often the process can do its limiting operation.
 */

/** Returns the response of the route. */
export const hello = () => ({ hello: 'world' })
