import type { Storage, StorageOfSomeFeatures } from '../composition/storage.js'
import type { ConformanceCase } from './conformance-case.js'
import { type OptionalFeature, partWith } from './optional-features.js'

/** The result of `createStorage`: the storage to test. */
export interface ConformanceSubject {
  /** The storage to test. The suite first calls `migrate()`, and calls `close()` at the end of each case, even if it failed. */
  readonly storage: StorageOfSomeFeatures
  /** Opens a second connection to the same database, which the suite closes too. Omit it if the engine has none. */
  readonly connect?: () => Promise<StorageOfSomeFeatures>
}

/** Faults that the tests can cause outside the port, given the result of `createStorage`; and optional parts of the port. */
export interface ConformanceAbilities<Subject extends ConformanceSubject = ConformanceSubject> {
  /**
   * Drops the connections of `storage` like a network failure, including pending calls. The database keeps running, and the
   * storage must reconnect by itself.
   */
  readonly cut?: (subject: Subject) => Promise<void>
  /**
   * Kills the database without warning, for example with `kill -9`. Returns a storage on what is left. The suite closes that
   * storage, but not the old one.
   */
  readonly crash?: (subject: Subject) => Promise<StorageOfSomeFeatures>
  /** Set it if the storage has `revocations.listen`. */
  readonly push?: true
}

const functionsOf = (value: unknown, names: readonly string[]) =>
  names.every(name => typeof Reflect.get(Object(value), name) === 'function')

/** @throws {TypeError} `createStorage` returned something other than a subject; the message says what is wrong. */
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

/** Runs one case on a new storage. Rejects if the case fails or the storage cannot be closed. */
export async function prove<Subject extends ConformanceSubject>(
  conformanceCase: ConformanceCase,
  createStorage: () => Promise<Subject>,
  { cut, crash, push, features }: ConformanceAbilities<Subject> & { readonly features: readonly OptionalFeature[] },
): Promise<void> {
  const subject = await createStorage()
  assertSubject(subject)
  const { connect } = subject
  const storage = partWith(features, subject.storage)
  const opened = new Set([storage])

  async function connectAnother(open: () => Promise<StorageOfSomeFeatures>): Promise<Storage> {
    const another = partWith(features, await open())
    opened.add(another)
    return another
  }

  async function disconnect(another: Storage): Promise<void> {
    opened.delete(another)
    await another.close()
  }

  function openAgain(end: (subject: Subject) => Promise<StorageOfSomeFeatures>): Promise<Storage> {
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
      features,
    })
  }

  const outcomes = await Promise.allSettled([run()])
  for (const one of [...opened].reverse()) outcomes.push(...(await Promise.allSettled([one.close()])))
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason
}
