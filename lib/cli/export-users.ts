import { open, rm } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Storage } from '../composition/storage.js'
import type { ListUsers } from '../features/accounts/port.js'
import type { UserRecord } from '../storage/records.js'
import type { CliContext } from './cli-context.js'
import { readDatabase } from './database-url.js'
import { openStorage } from './open-storage.js'
import { createProgress, grouped } from './progress.js'
import { readEnvironment } from './read-environment.js'
import { writeUserLine } from './user-line.js'

const pageLimit = 500

type Write = (text: string) => Promise<unknown>

/** Yields all users by page, in the order of their ids. */
async function* everyUser({ users }: Storage): AsyncGenerator<readonly UserRecord[]> {
  let request: ListUsers = { limit: pageLimit }
  while (true) {
    const page = await users.list(request)
    const last = page.at(-1)
    if (last === undefined) return
    yield page
    request = { afterId: last.id, limit: pageLimit }
  }
}

async function exportTo(write: Write, storage: Storage, context: CliContext): Promise<void> {
  const progress = createProgress(context, 'users')
  let count = 0
  try {
    for await (const page of everyUser(storage)) {
      await write(page.map(writeUserLine).join(''))
      count += page.length
      progress.at(count, null)
    }
  } finally {
    progress.end()
  }
  context.stderr.write(`${grouped(count)} users exported.\n`)
}

/** Creates a file that only its owner can read. Never overwrites a file, and removes an incomplete one. */
async function exportToFile(path: string, storage: Storage, context: CliContext): Promise<void> {
  const file = await open(path, 'wx', 0o600).catch(cause => {
    throw new Error(`Cannot create the file ${path}: ${(cause as Error).message}`, { cause })
  })
  try {
    await exportTo(text => file.appendFile(text), storage, context)
    await file.close()
  } catch (error) {
    await file.close()
    await rm(path)
    throw error
  }
}

/**
 * `fast-auth export`: writes every user of DATABASE_URL, including password hashes, in the format of `fast-auth import`.
 * Holds one page of users in memory. Does not export sessions, API keys and pending links.
 * @param output The file to create, relative to the working directory. Default: stdout.
 */
export async function exportUsers(
  context: CliContext,
  { output }: { readonly output?: string | undefined },
): Promise<number> {
  const { stdout, cwd } = context
  const storage = await openStorage(readDatabase(readEnvironment(context)), cwd())
  const toStdout: Write = text =>
    new Promise<void>((done, fail) => stdout.write(text, error => (error ? fail(error) : done())))
  try {
    if (output === undefined) await exportTo(toStdout, storage, context)
    else await exportToFile(resolve(cwd(), output), storage, context)
  } finally {
    await storage.close()
  }
  return 0
}
