import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { FastifyInstance } from 'fastify'
import type { Test } from 'tap'
import { freePort } from '../../lib/cli/free-port.js'
import type { FastAuthOptions } from '../../lib/index.js'
import { memorySender } from '../../lib/mail/index.js'
import { testApplication } from '../support/test-application.js'

export interface Answered {
  /** `POST /auth/sign-out` */
  readonly request: string
  readonly status: number
  /** The origin of the page that sent it. */
  readonly origin: string | undefined
  readonly hadCookies: boolean
}

export interface ClientSite {
  readonly app: FastifyInstance
  readonly url: string
  /** The answers, in their order. Empty it with `answered.length = 0`. */
  readonly answered: Answered[]
  advance(seconds: number): void
  /** Holds refreshes until so many have come and the gate is opened. */
  holdRefreshes(): { readonly arrived: (count: number) => Promise<void>; readonly release: () => void }
  /** Answers the next refresh with 503. */
  breakNextRefresh(): void
}

export interface SitePlace {
  readonly port?: number
  /** Further pages by path. */
  readonly pages?: Readonly<Record<string, string>>
}

/** An empty page whose scripts have the client. */
const page = `<!doctype html><title>site</title><script type="module">
import { createAuthClient } from '/client/index.js'
window.client = createAuthClient()
window.ready = true
</script>`

const built = resolve('dist/lib/client')

/** A site of one origin: its page, the client as it was built, the routes of fast-auth and one of its own, `/hello`. */
export async function clientSite(
  t: Test,
  options: Partial<FastAuthOptions> = {},
  place: SitePlace = {},
): Promise<ClientSite> {
  const { port = await freePort('127.0.0.1'), pages = {} } = place
  const url = `http://localhost:${port}`
  const answered: Answered[] = []
  const arrivals: (() => void)[] = []
  let arrivedRefreshes = 0
  let gate: Promise<void> | null = null
  let isBroken = false

  const { app, advance } = await testApplication(t, {
    options: {
      publicUrl: url,
      cookies: { secure: false },
      email: { sender: memorySender(), from: 'Example <accounts@example.com>' },
      ...options,
    },
    before(app) {
      app.addHook('onRequest', async (request, reply) => {
        if (request.url !== '/auth/refresh') return
        arrivedRefreshes += 1
        for (const look of arrivals) look()
        await gate
        if (!isBroken) return
        isBroken = false
        return reply.code(503).send({ statusCode: 503, code: 'FAST_AUTH_STORAGE_UNAVAILABLE', message: 'Later' })
      })
      app.addHook('onResponse', async ({ method, url: path, headers }, { statusCode: status }) => {
        const { origin, cookie } = headers
        answered.push({ request: `${method} ${path}`, status, origin, hadCookies: cookie !== undefined })
      })
    },
    after(app) {
      for (const [path, html] of Object.entries({ '/': page, ...pages }))
        app.get(path, (_request, reply) => reply.type('text/html').send(html))
      app.get('/client/*', (request, reply) => {
        const [path = ''] = request.url.slice('/client/'.length).split('?')
        return reply.type('text/javascript').send(readFileSync(join(built, path)))
      })
      app.get('/hello', { onRequest: app.fastAuth.authenticate }, async request => `Hello, ${request.user?.email}`)
    },
  })
  t.teardown(() => app.server.closeAllConnections())
  await app.listen({ port, host: '127.0.0.1' })

  return {
    app,
    url,
    answered,
    advance,
    holdRefreshes() {
      let open = () => {}
      gate = new Promise(resolve => {
        open = resolve
      })
      arrivedRefreshes = 0
      return {
        arrived: count =>
          new Promise(resolve => {
            const look = () => {
              if (arrivedRefreshes >= count) resolve()
            }
            arrivals.push(look)
            look()
          }),
        release: open,
      }
    },
    breakNextRefresh() {
      isBroken = true
    },
  }
}
