import Fastify from 'fastify'
import t from 'tap'
import { memoryStorage } from '../../lib/engines/memory.js'
import { fastAuth } from '../../lib/index.js'
import { secret } from '../support/secret.js'

const right = { secrets: [secret] }

const wrongOptions: readonly object[] = [
  { ...right, unknown: true },
  { ...right, secrets: [] },
  { ...right, secrets: 'text' },
  { ...right, publicUrl: 'no address' },
  { ...right, trustedOrigins: ['https://a.example/path'] },
  { ...right, tokenMode: 'none' },
  { ...right, accessTokenLifetimeSeconds: 4 },
  { ...right, accessTokenLifetimeSeconds: 1.5 },
  { ...right, passwords: { hasher: 'md5' } },
  { ...right, passwords: { minimumLength: 1 } },
  { ...right, cookies: { sameSite: 'maybe' } },
  { ...right, apiKeys: { prefix: 'ü' } },
  { ...right, hooks: { beforeSignUp: 'text' } },
  { ...right, email: {} },
  { ...right, limits: { enabled: 'yes' } },
]

/** The sentence with which a plugin refuses options. */
async function refusalOf(plugin: typeof fastAuth, options: object): Promise<string> {
  const app = Fastify()
  try {
    await app.register(plugin, { storage: memoryStorage(), ...right, ...options } as never)
    return 'accepted'
  } catch (error) {
    return String(error)
  } finally {
    await app.close()
  }
}

t.test(
  'the package, whose options are compiled when it is built, refuses the same options with the same sentences',
  async t => {
    const { fastAuth: built }: { fastAuth: typeof fastAuth } = await import(
      new URL('../../dist/lib/index.js', import.meta.url).href
    )
    for (const options of wrongOptions) {
      const sentence = await refusalOf(fastAuth, options)
      t.match(sentence, /fast-auth/)
      t.equal(await refusalOf(built, options), sentence)
    }
    t.equal(await refusalOf(built, {}), 'accepted')
  },
)
