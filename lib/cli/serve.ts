import type { Storage } from '../storage/storage.js'
import { developmentSecret } from './development-secret.js'
import { freePort } from './free-port.js'
import { openSender } from './open-sender.js'
import { openStorage } from './open-storage.js'
import { readEnvironment } from './read-environment.js'
import { readKeyFiles } from './read-key-files.js'
import { readServeSettings, type ServeSettings } from './serve-environment.js'
import { buildServer } from './server.js'
import { stopGracefully } from './stop-gracefully.js'
import type { Surroundings } from './surroundings.js'

interface Address {
  readonly host: string
  readonly port: number
}

interface Secrets {
  readonly secrets: readonly string[]
  readonly warning?: string
}

/** @throws {Error} A sentence on why nobody can listen there. */
async function listening<T>({ host, port }: Address, attempt: () => Promise<T>): Promise<T> {
  try {
    return await attempt()
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException
    if (code === 'EADDRINUSE')
      throw new Error(`Port ${port} of ${host} is in use: stop what listens there, or set PORT to another`, { cause })
    throw new Error(`Cannot listen on HOST ${host}, PORT ${port}: ${message}`, { cause })
  }
}

async function chooseSecrets({ secrets }: ServeSettings, folder: string): Promise<Secrets> {
  if (secrets !== undefined) return { secrets }
  const { secret, file } = await developmentSecret(folder)
  const warning = `JWT_SECRET_KEY is not set: tokens are signed with the development secret in ${file}, which is not fit for production`
  return { secrets: [secret], warning }
}

async function serveFrom(storage: Storage, settings: ServeSettings, surroundings: Surroundings): Promise<number> {
  const { host } = settings
  const port = settings.port === 0 ? await listening(settings, () => freePort(host)) : settings.port
  const publicUrl = settings.publicUrl ?? `http://localhost:${port}`
  const { secrets, warning } = await chooseSecrets(settings, surroundings.cwd())
  const { stdout } = surroundings
  const { target, from = `no-reply@${new URL(publicUrl).hostname}` } = settings.mail
  const email = { sender: openSender(target, surroundings.cwd()), from }
  const accessTokenKeys = await readKeyFiles(settings.keyFiles, surroundings.cwd())
  const app = await buildServer({ ...settings, publicUrl, secrets, accessTokenKeys, storage, email, stdout })
  await listening({ host, port }, () => app.listen({ host, port }))
  // From here on a signal is a request to stop, and whoever reads that we are ready may send one.
  const stopped = stopGracefully(app, surroundings)
  if (warning !== undefined) app.log.warn(warning)
  if (target.kind === 'directory') app.log.info(`Messages are written to the folder ${target.directory}`)
  app.log.info(`fast-auth is ready: open ${publicUrl}`)
  return stopped
}

/**
 * `fast-auth serve`: serves until SIGTERM or SIGINT. Answers with the process's exit code.
 * @throws {Error} A sentence on why it cannot start.
 */
export async function serve(surroundings: Surroundings): Promise<number> {
  const settings = readServeSettings(readEnvironment(surroundings))
  const storage = await openStorage(settings.database, surroundings.cwd())
  try {
    return await serveFrom(storage, settings, surroundings)
  } catch (error) {
    await storage.close()
    throw error
  }
}
