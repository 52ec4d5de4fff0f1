import type { FastifyInstance } from 'fastify'
import type { SettledOptions } from './options/settle-options.js'

/** The path of our routes as a browser sees it. */
export function publicPath(app: FastifyInstance, { publicUrl, prefix }: SettledOptions): string {
  const base = publicUrl === undefined ? '' : new URL(publicUrl).pathname.replace(/\/+$/, '')
  return base + app.prefix + prefix
}
