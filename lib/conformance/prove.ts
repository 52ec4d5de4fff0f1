import type { Storage } from '../storage/storage.js'
import type { ConformanceCase } from './conformance-case.js'

export interface ConformanceSubject {
  /** The storage to prove. The suite calls `migrate()` first, and `close()` at the end of each case, failed or not. */
  readonly storage: Storage
  /** Opens a second connection to the same database, which the suite closes too. Leave it out where there is no such thing. */
  readonly connect?: () => Promise<Storage>
}

/** What can be done to the database that the port cannot, handed what `createStorage` gave; and what the storage has beyond what every one has. */
export interface ConformanceAbilities<Subject extends ConformanceSubject = ConformanceSubject> {
  /**
   * Drops the connections of `storage` as a network would, calls in flight among them, and leaves the database running.
   * A storage connects again by itself.
   */
  readonly cut?: (subject: Subject) => Promise<void>
  /**
   * Ends what holds the data without a warning, `kill -9` for one, and answers with a storage that was opened on what is
   * left. The suite closes that one, and the old one no more.
   */
  readonly crash?: (subject: Subject) => Promise<Storage>
  /** That the storage has `revocations.listen`. */
  readonly push?: true
}

const functionsOf = (value: unknown, names: readonly string[]) =>
  names.every(name => typeof Reflect.get(Object(value), name) === 'function')

/** @throws {TypeError} with a sentence, if `createStorage` has returned something else than a subject. */
function assertSubject(returned: unknown): asserts returned is ConformanceSubject {
  const wanted =
    'createStorage of storageConformance must return { storage }, and { connect } if there is a second connection'
  if (functionsOf(returned, ['migrate', 'close'])) throw new TypeError(`${wanted}: it returned the storage itself`)
  if (typeof returned !== 'object' || returned === null)
    throw new TypeError(`${wanted}: it returned ${typeof returned}`)
  const { storage, connect }: { storage?: unknown; connect?: unknown } = returned
  if (!functionsOf(storage, ['migrate', 'close']))
    throw new TypeError(`${wanted}: its storage lacks migrate() or close()`)
  if (connect !== undefined && typeof connect !== 'function')
    throw new TypeError(`${wanted}: connect is not a function`)
}

/** Runs one case on a storage of its own. Rejects where it fails, or the storage cannot be closed. */
export async function prove<Subject extends ConformanceSubject>(
  conformanceCase: ConformanceCase,
  createStorage: () => Promise<Subject>,
  { cut, crash, push }: ConformanceAbilities<Subject>,
): Promise<void> {
  const subject = await createStorage()
  assertSubject(subject)
  const { storage, connect } = subject
  const opened = new Set([storage])

  async function connectAnother(open: () => Promise<Storage>): Promise<Storage> {
    const another = await open()
    opened.add(another)
    return another
  }

  async function disconnect(another: Storage): Promise<void> {
    opened.delete(another)
    await another.close()
  }

  function openAgain(end: (subject: Subject) => Promise<Storage>): Promise<Storage> {
    opened.delete(storage)
    return connectAnother(() => end(subject))
  }

  async function run(): Promise<void> {
    await storage.migrate()
    await conformanceCase.run({
      storage,
      connect: connect ? () => connectAnother(connect) : null,
      disconnect,
      cut: cut && (() => cut(subject)),
      crash: crash && (() => openAgain(crash)),
      push,
    })
  }

  const outcomes = await Promise.allSettled([run()])
  for (const one of [...opened].reverse()) outcomes.push(...(await Promise.allSettled([one.close()])))
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason
}
