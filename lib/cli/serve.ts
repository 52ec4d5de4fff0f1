import type { Storage } from '../composition/storage.js'
import type { CliContext } from './cli-context.js'
import { isOnThisMachine } from './demo/demo-routes.js'
import { rememberingSender } from './demo/remembering-sender.js'
import { developmentSecret } from './development-secret.js'
import { freePort } from './free-port.js'
import { type OpenedCounters, openCounters } from './open-counters.js'
import { openSender } from './open-sender.js'
import { openStorage } from './open-storage.js'
import { readEnvironment } from './read-environment.js'
import { readKeyFiles } from './read-key-files.js'
import { requirePackages } from './require-packages.js'
import { readServeSettings, type ServeSettings } from './serve-environment.js'
import { buildServer } from './server.js'
import { stopGracefully } from './stop-gracefully.js'

interface Address {
  readonly host: string
  readonly port: number
}

interface Secrets {
  readonly secrets: readonly string[]
  readonly warning?: string
}

/** @throws {Error} The process cannot listen there; the message states why. */
async function listening<T>({ host, port }: Address, attempt: () => Promise<T>): Promise<T> {
  try {
    return await attempt()
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException
    if (code === 'EADDRINUSE')
      throw new Error(
        `Port ${port} of ${host} is in use: stop the process that listens there, or set PORT to another port`,
        { cause },
      )
    throw new Error(`Cannot listen on HOST ${host}, PORT ${port}: ${message}`, { cause })
  }
}

const everyProxyTrusted =
  'TRUST_PROXY is true: the server trusts the first address in X-Forwarded-For, which a client can forge. Set the addresses of the proxies, or their number, unless your proxies replace that header. See docs/security.md#your-part'

async function chooseSecrets({ secrets }: ServeSettings, folder: string): Promise<Secrets> {
  if (secrets !== undefined) return { secrets }
  const { secret, file } = await developmentSecret(folder)
  const warning = `JWT_SECRET_KEY is not set: tokens are signed with the development secret in ${file}. Do not use it in production`
  return { secrets: [secret], warning }
}

interface Opened {
  /** The server closes it. */
  readonly storage: Storage
  readonly counters: OpenedCounters | null
}

async function open({ database, hasLimits }: ServeSettings, folder: string): Promise<Opened> {
  const storage = await openStorage(database, folder)
  try {
    const counters = hasLimits ? await openCounters(database) : null
    const close = async () => void (await Promise.all([storage.close(), counters?.close()]))
    return { storage: { ...storage, close }, counters }
  } catch (error) {
    await storage.close()
    throw error
  }
}

function limitsWith({ hasLimits }: ServeSettings, counters: OpenedCounters | null) {
  if (counters === null) return { enabled: hasLimits }
  return { counters: counters.counters, shareRequests: counters.shareRequests }
}

async function serveFrom(opened: Opened, settings: ServeSettings, context: CliContext): Promise<number> {
  const { storage, counters } = opened
  const { host } = settings
  const port = settings.port === 0 ? await listening(settings, () => freePort(host)) : settings.port
  const publicUrl = settings.publicUrl ?? `http://localhost:${port}`
  const { secrets, warning } = await chooseSecrets(settings, context.cwd())
  const { stdout } = context
  const { target, from = `no-reply@${new URL(publicUrl).hostname}` } = settings.mail
  const sender = openSender(target, context.cwd())
  const isShown = !settings.isProduction && target.kind !== 'smtp' && isOnThisMachine(publicUrl)
  const mailbox = isShown ? rememberingSender(sender) : null
  const email = { sender: mailbox?.sender ?? sender, from }
  const accessTokenKeys = await readKeyFiles(settings.keyFiles, context.cwd())
  const limits = limitsWith(settings, counters)
  const app = await buildServer({
    ...settings,
    publicUrl,
    secrets,
    accessTokenKeys,
    storage,
    email,
    mailbox,
    limits,
    stdout,
  })
  await listening({ host, port }, () => app.listen({ host, port }))
  // Installs the signal handlers before the log says that the server is ready: a supervisor may send a signal then.
  const stopped = stopGracefully(app, context)
  if (warning !== undefined) app.log.warn(warning)
  if (settings.trustProxy === true) app.log.warn(everyProxyTrusted)
  if (target.kind === 'directory') app.log.info(`Email messages are written to the folder ${target.directory}`)
  if (mailbox !== null) app.log.info(`Email messages are shown at ${publicUrl}/dev/mail, only on this machine`)
  app.log.info(`fast-auth is ready: open ${publicUrl}`)
  return stopped
}

/**
 * `fast-auth serve`: serves until SIGTERM or SIGINT. Resolves to the exit code of the process.
 * @throws {Error} The server cannot start; the message states why.
 */
export async function serve(context: CliContext): Promise<number> {
  const settings = readServeSettings(readEnvironment(context))
  requirePackages(settings)
  const opened = await open(settings, context.cwd())
  try {
    return await serveFrom(opened, settings, context)
  } catch (error) {
    await opened.storage.close()
    throw error
  }
}
