/**
 * What a file in this folder opens: an application with `GET /protected`, which answers everybody who may pass the same.
 * @typedef {object} Subject
 * @property {import('fastify').FastifyInstance} app
 * @property {(count: number) => Promise<string[][]> | string[][]} credentials
 * @property {(seconds: number) => Promise<number>} [perSecond] How often the process does, for so long, what its limit is.
 */

/** The one route's answer. */
export const hello = () => ({ hello: 'world' })
