import { createReadStream, existsSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Storage } from '../composition/storage.js'
import type { CliContext } from './cli-context.js'
import { type Database, readDatabase } from './database-url.js'
import { openStorage } from './open-storage.js'
import { readAdditions } from './organization-variables.js'
import { createProgress, grouped, type Progress } from './progress.js'
import { readEnvironment } from './read-environment.js'
import { type Line, readLines } from './read-lines.js'
import { type Arrival, dryDestination, storageDestination, type UserDestination } from './user-destination.js'
import { readUserLine } from './user-line.js'

/** The maximum length of a line. A user with a profile of 16 KiB fits. */
const maximumBytes = 64 * 1024

export interface ImportUsers {
  /** Relative to the working directory; `-` is stdin. */
  readonly file?: string | undefined
  readonly 'dry-run'?: boolean | undefined
}

interface Source {
  readonly chunks: AsyncIterable<Uint8Array>
  /** `null` if the size is unknown. */
  readonly totalBytes: number | null
}

async function openSource({ stdin, cwd }: CliContext, file: string): Promise<Source> {
  if (file === '-') return { chunks: stdin, totalBytes: null }
  const path = resolve(cwd(), file)
  const found = await stat(path).catch(cause => {
    throw new Error(`Cannot read ${path}: ${(cause as Error).message}`, { cause })
  })
  return { chunks: createReadStream(path), totalBytes: found.isFile() ? found.size : null }
}

/** Replaces a missing SQLite file with an empty database for a dry run, which must create no file. */
function readTarget(context: CliContext, isDry: boolean): Database {
  const database = readDatabase(readEnvironment(context))
  const isThere = database.kind !== 'sqlite' || existsSync(resolve(context.cwd(), database.file))
  return isDry && !isThere ? { kind: 'memory' } : database
}

interface Counts {
  imported: number
  withoutPassword: number
  present: number
  bad: number
}

/** Why the user of a valid line is not imported. */
const conflicts: Readonly<Record<Exclude<Arrival, 'created' | 'present'>, string>> = {
  usernameTaken: 'username is taken by another user',
  idTaken: 'id is taken by another user',
  movedId: 'email already exists with another id',
}

/** Imports one line. @returns The reason if the line is invalid and skipped, otherwise `null`. */
async function bringIn({ bytes }: Line, bring: UserDestination, counts: Counts): Promise<string | null> {
  if (bytes === null) return `it is longer than ${grouped(maximumBytes)} bytes`
  let arriving: ReturnType<typeof readUserLine>
  try {
    arriving = readUserLine(bytes, Date.now())
  } catch (error) {
    return (error as Error).message
  }
  const arrival = await bring(arriving)
  if (arrival !== 'created' && arrival !== 'present') return conflicts[arrival]
  counts[arrival === 'created' ? 'imported' : 'present'] += 1
  if (arrival === 'created' && arriving.user.passwordHash === null) counts.withoutPassword += 1
  return null
}

const isBlank = ({ bytes }: Line) => bytes !== null && /^\s*$/.test(Buffer.from(bytes).toString('latin1'))

interface Work {
  readonly bring: UserDestination
  readonly progress: Progress
  readonly stop: AbortSignal
}

/** Ends when `stop` is aborted, even while it waits for the next chunk. */
async function* untilStopped(chunks: AsyncIterable<Uint8Array>, stop: AbortSignal): AsyncGenerator<Uint8Array> {
  const stopped = new Promise<null>(resolve => stop.addEventListener('abort', () => resolve(null)))
  const iterator = chunks[Symbol.asyncIterator]()
  while (!stop.aborted) {
    const next = await Promise.race([iterator.next(), stopped])
    if (next === null || next.done === true) return
    yield next.value
  }
}

async function importLines({ chunks, totalBytes }: Source, { bring, progress, stop }: Work): Promise<Counts> {
  const counts = { imported: 0, withoutPassword: 0, present: 0, bad: 0 }
  let done = 0
  for await (const line of readLines(untilStopped(chunks, stop), { maximumBytes })) {
    if (stop.aborted) break
    if (isBlank(line)) continue
    const reason = await bringIn(line, bring, counts).catch(cause => {
      const sentence = `Line ${line.number} could not be written: ${(cause as Error).message}`
      throw new Error(`${sentence}. The lines before it are imported; run the same command again to continue`, {
        cause,
      })
    })
    if (reason !== null) {
      counts.bad += 1
      progress.say(`Line ${line.number} is skipped: ${reason}.`)
    }
    done += 1
    progress.at(done, totalBytes === null ? null : line.readBytes / totalBytes)
  }
  return counts
}

function summary({ imported, withoutPassword, present, bad }: Counts, isDry: boolean): string {
  const method = isDry ? 'would be imported' : 'imported'
  const such = withoutPassword === 0 ? '' : `, ${grouped(withoutPassword)} of them without a password`
  return `${grouped(imported)} ${method}${such}, ${grouped(present)} already present, ${grouped(bad)} skipped as invalid.\n`
}

/** Returns a signal that the first SIGINT or SIGTERM aborts. */
function stopSignal(context: CliContext): AbortSignal {
  const controller = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) context.on(signal, () => controller.abort())
  return controller.signal
}

async function importInto(storage: Storage, context: CliContext, { file = '-', ...words }: ImportUsers) {
  const isDry = words['dry-run'] === true
  const source = await openSource(context, file)
  const progress = createProgress(context, 'lines')
  const stop = stopSignal(context)
  const bring = isDry ? dryDestination(storage) : storageDestination(storage, readAdditions(readEnvironment(context)))
  const counts = await importLines(source, { bring, progress, stop }).finally(progress.end)
  context.stdout.write(summary(counts, isDry))
  if (stop.aborted) context.stderr.write('Stopped before the end: run the same command again to continue.\n')
  return stop.aborted || counts.bad > 0 ? 1 : 0
}

/**
 * `fast-auth import`: adds the users of a file to DATABASE_URL. Reports each invalid line with its number and skips it.
 * Does not change users that already exist, so you can run the same command again.
 * @returns 0 if the storage contains the user of every line afterwards, otherwise 1.
 */
export async function importUsers(context: CliContext, words: ImportUsers): Promise<number> {
  const database = readTarget(context, words['dry-run'] === true)
  const storage = await openStorage(database, context.cwd(), { synchronous: 'normal' })
  try {
    return await importInto(storage, context, words)
  } finally {
    await storage.close()
  }
}
