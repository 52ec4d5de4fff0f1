import type { Keys } from './keys.js'
import type { RedisDatabase } from './redis-database.js'
import { reserve } from './reservation.js'
import { runScript } from './run-script.js'
import { commitScript } from './scripts.js'

type Command = readonly [command: string, key: string, ...words: string[]]

/** The writing half of a transaction. */
export type Writing = Pick<Transaction, 'keys' | 'write' | 'notify'>

/** Ends an attempt early: one part of the step must be written first. */
class Part extends Error {
  readonly commands: readonly Command[]
  readonly ids: readonly string[]

  constructor(commands: readonly Command[], ids: readonly string[]) {
    super('A part of the step is written first')
    this.commands = commands
    this.ids = ids
  }
}

/** One attempt at a method. It remembers what it reads, and writes everything at its end or nothing. */
export interface Transaction extends Pick<RedisDatabase, 'follow' | 'list'> {
  readonly keys: Keys

  /** The text of a key, or `null`. */
  get(key: string): Promise<string | null>

  /** The texts of several keys, in one round trip; `null` for each missing key. */
  getAll(names: readonly string[]): Promise<readonly (string | null)[]>

  exists(key: string): Promise<boolean>

  /** The members of an index, in byte order. */
  ids(index: string): Promise<readonly string[]>

  read(command: Command): Promise<readonly string[]>

  /** Records that the command gave this reply. The commit requires the same reply. */
  expect(command: Command, reply: readonly string[]): void

  write(...command: Command): void

  /** Notifies the listeners of the channel once, when everything is written. */
  notify(channel: string): void

  /** Whether earlier parts of the step are written: it has been decided on the state before them. */
  readonly isContinued: boolean

  /**
   * Splits a step that writes too much for one script, because Redis runs nothing else during a script.
   * @param ids The records of this part.
   * @param isPart Whether more parts follow. If so, only `writePart` is written, on the state that the attempt has read, and
   * the step starts again; its last attempt writes the rest. A step that is interrupted leaves whole parts and nothing else.
   * @returns The ids of all parts.
   */
  inParts(ids: readonly string[], isPart: boolean, writePart: (writing: Writing) => void): string[]
}

const asWord = (text: string | null): readonly string[] => (text === null ? [] : [text])

const counted = (words: readonly string[]): string[] => [String(words.length), ...words]

interface Attempt {
  readonly transaction: Transaction
  /** Writes, if everything that was read is unchanged. */
  commit(): Promise<boolean>
  /** Writes only the part, if everything that was read is unchanged. */
  commitPart(part: Part): Promise<boolean>
  /** Checks whether everything that was read is unchanged. */
  stands(): Promise<boolean>
  /** The keys that were read. */
  names(): readonly string[]
}

/** @param reservation The token of the step's reservation, which its end removes; `null` if it has none. */
function begin(database: RedisDatabase, reservation: string | null, parts: readonly Part[]): Attempt {
  const { keys } = database
  const readings: { readonly command: Command; readonly reply: readonly string[] }[] = []
  const writes: Command[] = []
  const channels = new Set<string>()
  let roundTrips = 0

  function expect(command: Command, reply: readonly string[]): void {
    readings.push({ command, reply })
  }

  async function read(command: Command): Promise<readonly string[]> {
    roundTrips += 1
    const reply = await database.read(command)
    expect(command, reply)
    return reply
  }

  const transaction: Transaction = {
    keys,
    get: async key => (await read(['GET', key]))[0] ?? null,
    async getAll(names) {
      roundTrips += 1
      const texts = (await database.send(['MGET', ...names])) as (string | null)[]
      for (const [place, name] of names.entries()) expect(['GET', name], asWord(texts[place] ?? null))
      return texts
    },
    exists: async key => (await read(['EXISTS', key]))[0] === '1',
    ids: index => read(['ZRANGE', index, '0', '-1']),
    read,
    expect,
    write: (...command) => writes.push(command),
    notify: channel => channels.add(channel),
    isContinued: parts.length > 0,

    inParts(ids, isPart, writePart) {
      if (isPart) {
        const commands: Command[] = []
        writePart({ ...transaction, write: (...command) => commands.push(command) })
        throw new Part(commands, ids)
      }
      writePart(transaction)
      return [...parts.flatMap(part => part.ids), ...ids]
    },

    async follow(key, links) {
      roundTrips += 1
      const texts = await database.follow(key, links)
      let name = key
      for (const [place, text] of texts.entries()) {
        expect(['GET', name], asWord(text))
        const link = links[place]
        if (link !== undefined && text !== null)
          name = link.key(link.field === undefined ? text : JSON.parse(text)[link.field])
      }
      return texts
    },

    async list(index, key) {
      roundTrips += 1
      const entries = await database.list(index, key)
      const ids = entries.map(({ id }) => id)
      expect(index, ids)
      for (const { id, text } of entries) expect(['GET', key(id)], asWord(text))
      return entries
    },
  }

  /** Reads of a single round trip are consistent, so a step without writes needs no check. */
  async function carryOut(commands: readonly Command[]): Promise<boolean> {
    if (commands.length === 0 && roundTrips < 2 && reservation === null) return true
    const names = [keys.reservation, ...[...readings.map(({ command }) => command), ...commands].map(([, key]) => key)]
    const withoutKey = ([command, , ...words]: Command) => counted([command, ...words])
    const words = [
      reservation ?? '',
      String(readings.length),
      ...readings.flatMap(({ command, reply }) => [...withoutKey(command), ...counted(reply)]),
      ...commands.flatMap(withoutKey),
    ]
    return (await runScript(database.send, commitScript, names, words)) === 1
  }

  const notifications = () => [...channels].map((channel): Command => ['PUBLISH', channel, ''])
  return {
    transaction,
    commit: () => carryOut([...writes, ...notifications()]),
    commitPart: ({ commands }) => carryOut([...commands, ...notifications()]),
    stands: () => carryOut([]),
    names: () => readings.map(({ command: [, key] }) => key),
  }
}

const maximumAttempts = 100
const maximumPauseMilliseconds = 32
/** After this many lost attempts, a step that may reserve keys does so. */
const attemptsWithoutReservation = 3

export interface Persistence {
  /** Whether the step, after a few lost attempts, keeps others from writing to the keys that it reads. */
  readonly mayReserve: boolean
}

/** Random, so competing steps do not collide again. */
function pauseAfter(attempt: number): Promise<void> {
  const milliseconds = Math.random() * Math.min(2 ** attempt, maximumPauseMilliseconds)
  return new Promise(resolve => setTimeout(resolve, milliseconds))
}

async function onlyIf<Conclusion>(isTrue: Promise<boolean>, conclusion: () => Conclusion): Promise<Conclusion | null> {
  return (await isTrue) ? conclusion() : null
}

/** Writes the step, or the part of it that comes first. Returns `null` if nothing was written. */
async function conclude<Answer>(
  { commit, commitPart, stands }: Attempt,
  decision: PromiseSettledResult<Answer>,
): Promise<{ readonly answer: Answer } | Part | null> {
  if (decision.status === 'fulfilled') return onlyIf(commit(), () => ({ answer: decision.value }))
  const { reason } = decision
  if (reason instanceof Part) return onlyIf(commitPart(reason), () => reason)
  return onlyIf(stands(), () => {
    throw reason
  })
}

async function attemptUntilWritten<Answer>(
  database: RedisDatabase,
  step: (transaction: Transaction) => Promise<Answer>,
  { mayReserve }: Persistence,
  parts: readonly Part[],
): Promise<{ readonly answer: Answer } | Part> {
  let reservation: string | null = null
  for (let count = 1; count <= maximumAttempts; count++) {
    const attempt = begin(database, reservation, parts)
    const [decision] = await Promise.allSettled([step(attempt.transaction)])
    const conclusion = await conclude(attempt, decision)
    if (conclusion !== null) return conclusion
    if (mayReserve && count >= attemptsWithoutReservation)
      reservation = await reserve(database, attempt.names(), reservation)
    if (reservation === null) await pauseAfter(count - 1)
  }
  throw new Error(`Others changed the same records in each of ${maximumAttempts} attempts; nothing is written`)
}

/**
 * Carries out a method as one step: it reads, decides here, and writes in one script, which first repeats every read. If any
 * reply has changed, nothing is written and the method restarts. It also restarts if it was about to throw because of
 * outdated reads.
 *
 * Thus the rules exist only here, in the functions of the port (`classifyRotation`, `planApiKeyRoll`, `planProfileUpdate`),
 * and not a second time in Lua. The script compares the replies themselves, so a step is written only to the state that it
 * was decided on. An attempt fails only if another succeeded, so one of several competing steps always progresses. `WATCH`
 * would do the same, but needs a connection per step.
 *
 * Many small writes to a record could make a slower step lose every time: a client with a stolen session must not delay the
 * step that ends it. Therefore a step that may reserve does so after three lost attempts, for the keys that it has read.
 * Writes of others to these keys fail, as lost attempts, until the step is written or two seconds have passed.
 * @throws {Error} Other steps were faster a hundred times in a row, which takes seconds. Nothing is written.
 */
export async function transact<Answer>(
  database: RedisDatabase,
  step: (transaction: Transaction) => Promise<Answer>,
  persistence: Persistence,
): Promise<Answer> {
  const parts: Part[] = []
  for (;;) {
    const conclusion = await attemptUntilWritten(database, step, persistence, parts)
    if (!(conclusion instanceof Part)) return conclusion.answer
    parts.push(conclusion)
  }
}
