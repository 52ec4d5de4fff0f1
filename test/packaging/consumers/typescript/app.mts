import fastAuthByDefault, {
  type AuthEvent,
  type AuthenticatedUser,
  type ErrorCode,
  type FastAuthOptions,
  fastAuth,
  type Measurement,
  RefreshTokenReusedError,
} from 'fast-auth'
import { createAuthClient, type SessionState } from 'fast-auth/client'
import { conformanceTitles, storageConformance } from 'fast-auth/conformance'
import { errorCodes, SignInBody } from 'fast-auth/schemas'
import { classifyRotation, type Storage } from 'fast-auth/storage'
import { type KyselyStorageOptions, kyselyStorage } from 'fast-auth/storage/kysely'
import { memoryStorage } from 'fast-auth/storage/memory'
import { type MysqlPool, mysqlStorage } from 'fast-auth/storage/mysql'
import { type PostgresPool, postgresStorage } from 'fast-auth/storage/postgres'
import { sqliteStorage } from 'fast-auth/storage/sqlite'
import { createTestClock, type SignedInUser, signUpUser } from 'fast-auth/testing'
import Fastify from 'fastify'

const storage: Storage = memoryStorage()
const options: FastAuthOptions = {
  secrets: ['a secret of at least 32 characters'],
  storage: sqliteStorage({ file: 'app.db' }),
  cookies: { sameSite: 'strict' },
  onEvent: (event: AuthEvent) => process.stdout.write(event.name),
  metrics: ({ name, value, labels }: Measurement) => {
    if (name === 'fast_auth_storage_call_seconds') process.stdout.write(`${labels.method} ${value}`)
    // @ts-expect-error A label that other measurements have.
    if (name === 'fast_auth_hashes_waiting') process.stdout.write(labels.method)
  },
}

export const onPostgres = (pool: PostgresPool): Storage => postgresStorage({ pool, schema: 'auth' })
export const onMysql = (pool: MysqlPool): Storage => mysqlStorage({ pool, tablePrefix: 'auth_' })
// @ts-expect-error MySQL has no schemas in a database.
export const inSchema = (pool: MysqlPool) => mysqlStorage({ pool, schema: 'auth' })
export const onAny = (options: KyselyStorageOptions): Promise<readonly string[]> =>
  kyselyStorage(options).planMigration()

const app = Fastify()
await app.register(fastAuth, options)
await app.register(fastAuthByDefault, { secrets: ['a secret of at least 32 characters'], storage })

// @ts-expect-error An option that fast-auth doesn't have.
await app.register(fastAuth, { ...options, secret: 'misspelt' })
// @ts-expect-error A lifetime is a number of seconds.
await app.register(fastAuth, { ...options, accessTokenLifetimeSeconds: '15m' })
await app.register(fastAuth, { ...options, tokenMode: 'sliding' })
// @ts-expect-error A token mode that there is not.
await app.register(fastAuth, { ...options, tokenMode: 'refresh' })
// @ts-expect-error The storage is missing.
await app.register(fastAuth, { secrets: options.secrets })

export function apiKeyOf(event: AuthEvent): string {
  const reason: string | undefined = event.reason
  // @ts-expect-error Not every event is about a key.
  const unchecked: string = event.apiKeyId
  return event.name === 'authn_token_created' ? event.apiKeyId : `${reason} ${unchecked}`
}

const [newest] = await app.fastAuth.listEvents({ userId: 'ada', limit: 1 })
export const newestId: string | undefined = newest?.id

const creation = await app.fastAuth.createUser({ email: 'ada@example.com', password: 'correct horse battery' })
export const createdId: string = creation.outcome === 'created' ? creation.user.id : creation.outcome
// @ts-expect-error No result has the hash of a password.
export const hash = (await app.fastAuth.findUser({ email: 'ada@example.com' }))?.passwordHash
// @ts-expect-error A user is found by what no two users share.
await app.fastAuth.findUser({ nickname: 'Ada' })

app.get('/reports', { onRequest: app.fastAuth.requireScopes('reports:read') }, async request => {
  const user: AuthenticatedUser | null = request.user
  // @ts-expect-error A request without a session has no address.
  const unchecked: string = request.user.email
  // @ts-expect-error Only an API key has scopes.
  const scopes: readonly string[] | undefined = user?.scopes
  const { createdAt } = await request.loadUser()
  return user?.via === 'apiKey' ? user.scopes : { unchecked, scopes, createdAt }
})
// @ts-expect-error A guard that fast-auth doesn't have.
app.get('/private', { onRequest: app.fastAuth.requireMagic }, async () => 'nothing')

const { clock } = createTestClock()
await app.register(fastAuth, { ...options, clock })
export const { accessToken, user, refreshToken } = await signUpUser(app)
// @ts-expect-error There is none in some token modes.
export const unchecked: string = refreshToken
export const browser: SignedInUser = await signUpUser(app, { transport: 'cookie' })
export const address: string = user.email
// @ts-expect-error With cookies no token is to be had.
export const none = (await signUpUser(app, { transport: 'cookie' })).accessToken
// @ts-expect-error A transport that there is not.
await signUpUser(app, { transport: 'header' })

const client = createAuthClient({ baseUrl: 'https://api.example.com/auth', transport: 'token' })
export const session: SessionState = client.session
export const answer: Response = await client.fetch(new URL('https://api.example.com/reports'))

export const code: ErrorCode | undefined = errorCodes[0]
export const status: number = new RefreshTokenReusedError().statusCode
export const required: readonly string[] = SignInBody.required ?? []
export const titles: readonly string[] = conformanceTitles
export { classifyRotation, storageConformance }
