import { generateKeyPairSync } from 'node:crypto'
import { fastAuth } from 'fast-auth'
import { memoryStorage } from 'fast-auth/storage/memory'
import Fastify from 'fastify'

/** Starts the service at which users sign in. @returns {Promise<string>} Its address. */
export async function startAccounts() {
  const app = Fastify({ logger: { level: 'warn' } })
  // In production, create a key file once: npx fast-auth secret --type ed25519 --output key.pem
  const { privateKey } = generateKeyPairSync('ed25519')
  await app.register(fastAuth, {
    secrets: [process.env.AUTH_SECRET ?? ''],
    storage: memoryStorage(),
    accessTokenKeys: [privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()],
    issuer: 'https://accounts.example.com',
    audience: 'example',
  })
  return app.listen({ port: 0 })
}
