import { randomUUID } from 'node:crypto'
import type { InjectOptions } from 'fastify'
import type { Test } from 'tap'
import type { PasswordHash, Storage } from '../../lib/composition/storage.js'
import { memoryStorage } from '../../lib/engines/memory.js'
import { newSession } from '../../lib/features/sessions/issue-tokens.js'
import type { FastAuthOptions } from '../../lib/index.js'
import { createKeyring } from '../../lib/tokens/keyring.js'
import { createRefreshTokens } from '../../lib/tokens/refresh-token.js'
import { createSessionLifetimes } from '../../lib/tokens/session-lifetimes.js'
import { ada, bearer } from './account.js'
import { noon } from './protected-application.js'
import { secret } from './secret.js'
import { testApplication } from './test-application.js'

export interface PasswordlessSettings {
  readonly storage?: Storage
  readonly passwordHash?: PasswordHash | null
  readonly options?: Partial<FastAuthOptions>
}

/** An application whose user Ada has a session but no password, as after a sign-in in another way. */
export async function passwordlessApplication(
  t: Test,
  { storage = memoryStorage(), passwordHash = null, options = { secondFactor: 'offered' } }: PasswordlessSettings = {},
) {
  const times = { createdAt: noon, lastSignInAt: noon, emailConfirmedAt: noon, disabledAt: null }
  const user = { id: randomUUID(), email: ada.email, username: null, passwordHash, profile: {}, ...times }
  const lifetimes = createSessionLifetimes({
    idleSeconds: 9e5,
    absoluteSeconds: 9e6,
    graceSeconds: 0,
    wholeSeconds: false,
  })
  const client = { ip: null, userAgent: null, requestId: null }
  const session = newSession(lifetimes, { userId: user.id, methods: ['email'], client, now: noon })
  await storage.users.create({ user, session, token: null, messages: [], messagesIfTaken: [] })
  const application = await testApplication(t, { mail: true, options: { ...options, storage } })
  const tokens = createRefreshTokens(createKeyring([secret]))
  const refreshToken = tokens.issue({ sessionId: session.id, generation: 0 })
  const { accessToken } = (await application.post('/refresh', { refreshToken })).json()
  const inject = (request: InjectOptions | string) => {
    const own = typeof request === 'string' ? { url: request } : request
    return application.app.inject({ ...own, headers: { ...bearer(accessToken), ...own.headers } })
  }
  return { ...application, user, inject }
}
