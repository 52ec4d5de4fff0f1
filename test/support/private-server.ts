import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Test } from 'tap'
import { freePort } from '../../lib/cli/free-port.js'

/** A database server of the test's own, which it may stop and start. */
export interface PrivateServer {
  readonly url: string
  /** Resolves when it answers. */
  start(): Promise<void>
  /** As an operator stops it: it ends what is going on, and closes its files. */
  stop(): Promise<void>
  /** As a power failure does, but for what the operating system still writes. */
  kill(): Promise<void>
}

export interface Place {
  /** Empty at first, and the server's own. */
  readonly folder: string
  readonly port: number
}

export interface Recipe {
  /** The user that runs the server if tests run as root, which database servers refuse. */
  readonly user?: string
  /** Makes the files of an empty database. */
  prepare?(place: Place): readonly string[]
  serve(place: Place): readonly string[]
  urlOf(place: Place): string
  readonly stopSignal: NodeJS.Signals
  /** Rejects if the server does not answer yet. */
  ask(url: string): Promise<unknown>
}

const isRoot = process.getuid?.() === 0

/** The words of a command, run by the user. */
function as(user: string | undefined, words: readonly string[]): readonly [program: string, ...words: string[]] {
  const setpriv = ['setpriv', `--reuid=${user}`, `--regid=${user}`, '--clear-groups']
  const [program = '', ...rest] = isRoot && user !== undefined ? [...setpriv, ...words] : words
  return [program, ...rest]
}

function run([program, ...words]: readonly [string, ...string[]]): void {
  const { status, stderr, error } = spawnSync(program, words, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`${program} failed: ${stderr ?? error?.message}`)
}

/** The value for `skip` of a test; with CI=true the programs must be installed. */
export function withoutPrograms(programs: readonly string[], install: string): string | false {
  const missing = programs.find(program => spawnSync(program, ['--version']).status !== 0)
  if (missing === undefined) return false
  const sentence = `${missing} is not here: install it, for example with apt-get install ${install}`
  if (process.env.CI === 'true') throw new Error(sentence)
  return sentence
}

/** Makes a server and starts it; it ends with the test. */
export async function privateServer(t: Test, recipe: Recipe): Promise<PrivateServer> {
  const folder = mkdtempSync(join(tmpdir(), 'fast-auth-server-'))
  if (isRoot && recipe.user !== undefined) run(['chown', recipe.user, folder])
  const place = { folder, port: await freePort('127.0.0.1') }
  if (recipe.prepare !== undefined) run(as(recipe.user, recipe.prepare(place)))
  const url = recipe.urlOf(place)
  let server: ChildProcess | undefined

  const isRunning = () => server !== undefined && server.exitCode === null && server.signalCode === null

  /** A server that was killed may leave children behind, which hold its files for a moment: it is started again. */
  async function start(): Promise<void> {
    for (let isReady = false; !isReady; await sleep(20)) {
      if (!isRunning()) {
        const [program, ...words] = as(recipe.user, recipe.serve(place))
        server = spawn(program, words, { stdio: 'ignore', cwd: folder })
      }
      isReady = await recipe.ask(url).then(
        () => true,
        () => false,
      )
    }
  }

  async function end(signal: NodeJS.Signals): Promise<void> {
    if (server === undefined || !isRunning()) return
    const gone = once(server, 'exit')
    server.kill(signal)
    await gone
  }

  t.teardown(async () => {
    await end('SIGKILL')
    rmSync(folder, { recursive: true, maxRetries: 10 })
  })
  await start()
  return { url, start, stop: () => end(recipe.stopSignal), kill: () => end('SIGKILL') }
}
