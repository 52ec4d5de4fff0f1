// node start-once.js <subject> <SQLite file>: prints the milliseconds from Fastify() to ready().
const [subject = '', file] = process.argv.slice(2)

const openers = {
  async bare() {
    const { default: Fastify } = await import('fastify')
    return () => Fastify()
  },
  async 'fast-auth'() {
    const { default: Fastify } = await import('fastify')
    const { fastAuth } = await import('../dist/lib/index.js')
    const { sqliteStorage } = await import('../dist/lib/storage/sql/sqlite.js')
    return async () => {
      const app = Fastify()
      const storage = sqliteStorage({ file: String(file) })
      await app.register(fastAuth, { secrets: ['k9fJ2lq8Xz4Vb7Nn1Mm5Pp0Rr3Tt6Yy8'], storage, migrate: true })
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
const startedAt = performance.now()
const app = await open()
await app.ready()
process.stdout.write(`${performance.now() - startedAt}`)
await app.close()
