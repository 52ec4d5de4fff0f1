// Prints three times in milliseconds: node start-once.js SUBJECT
// The first is the time from the start of the process to the first response. The second is the time of the first application
// from Fastify() to ready(). The third is the same for a second application.
const [subject = ''] = process.argv.slice(2)

const openers = {
  async bare() {
    const { default: Fastify } = await import('fastify')
    return () => Fastify()
  },
  async 'fast-auth'() {
    const { default: Fastify } = await import('fastify')
    const { fastAuth } = await import('../dist/lib/index.js')
    const { memoryStorage } = await import('../dist/lib/engines/memory.js')
    return async () => {
      const app = Fastify()
      await app.register(fastAuth, { secrets: ['k9fJ2lq8Xz4Vb7Nn1Mm5Pp0Rr3Tt6Yy8'], storage: memoryStorage() })
      return app
    }
  },
  async 'fastify-jwt'() {
    const { default: Fastify } = await import('fastify')
    const { default: fastifyCookie } = await import('@fastify/cookie')
    const { default: fastifyJwt } = await import('@fastify/jwt')
    return async () => {
      const app = Fastify()
      await app.register(fastifyCookie)
      await app.register(fastifyJwt, { secret: 'k9fJ2lq8Xz4Vb7Nn1Mm5Pp0Rr3Tt6Yy8' })
      return app
    }
  },
  async 'better-auth'() {
    const { default: Fastify } = await import('fastify')
    const { betterAuth } = await import('better-auth')
    const { memoryAdapter } = await import('better-auth/adapters/memory')
    return async () => {
      const auth = betterAuth({
        baseURL: 'http://localhost',
        secret: 'k9fJ2lq8Xz4Vb7Nn1Mm5Pp0Rr3Tt6Yy8',
        database: memoryAdapter({ user: [], session: [], account: [], verification: [] }),
        emailAndPassword: { enabled: true },
        telemetry: { enabled: false },
      })
      await auth.$context
      return Fastify()
    }
  },
}

const open = await openers[/** @type {keyof typeof openers} */ (subject)]()

/** Opens an application with one route, and returns it with the time that this took. */
async function ready() {
  const startedAt = performance.now()
  const app = await open()
  app.get('/hello', async () => 'Hello')
  await app.ready()
  return { app, milliseconds: performance.now() - startedAt }
}

const first = await ready()
await first.app.inject('/hello')
const firstAnswer = performance.now()
const second = await ready()
process.stdout.write(JSON.stringify([firstAnswer, first.milliseconds, second.milliseconds]))
await Promise.all([first.app.close(), second.app.close()])
