// Opens Fastify without plugins. It receives the same headers as the other subjects, and ignores them.
import Fastify from 'fastify'
import { hello } from './subject.js'

/** @returns {Promise<import('./subject.js').Subject>} */
export async function open() {
  const app = Fastify()
  app.get('/protected', hello)
  const token = `${'x'.repeat(100)}.${'y'.repeat(320)}.${'z'.repeat(43)}`
  return { app, credentials: count => Array.from({ length: count }, () => [`Authorization: Bearer ${token}`]) }
}
