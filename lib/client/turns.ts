import { withDeadline } from './deadline.js'
import { runtime } from './runtime.js'

/** Runs changes of credentials one at a time: in this tab, and in all tabs if the browser has Web Locks. */
export interface Turns {
  inTurn<Result>(work: () => Promise<Result>): Promise<Result>
  /** If another change is running, waits for its end, does nothing and resolves to `null`. */
  unlessTaken<Result>(work: () => Promise<Result>): Promise<Result | null>
}

export interface TurnSettings {
  /** `null`: no other tab has the same credentials. */
  readonly lockName: string | null
  /** The maximum wait for a turn that does not end, in milliseconds. */
  readonly patienceMilliseconds: number
}

/**
 * For how long a lock of another tab is waited for. A page that is frozen does not release its lock; a refresh beside it
 * is safe, because within `refreshGraceSeconds` both get the same successor.
 */
const lockPatienceMilliseconds = 5_000

const nothing = () => {}

function createQueue(patienceMilliseconds: number): Turns {
  let last: Promise<void> = Promise.resolve()
  let waiting = 0

  const settled = (turn: Promise<void>) =>
    withDeadline(patienceMilliseconds, signal =>
      Promise.race([turn, new Promise<void>(resolve => signal.addEventListener('abort', () => resolve()))]),
    )

  function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const before = last
    const turn = settled(before).then(work)
    waiting += 1
    last = turn.then(nothing, nothing).then(() => {
      waiting -= 1
    })
    return turn
  }

  return {
    inTurn,
    async unlessTaken(work) {
      if (waiting === 0) return inTurn(work)
      await settled(last)
      return null
    },
  }
}

/** With Web Locks, as far as the browser lets this page have them. A lock that cannot be had is no reason not to work. */
function createLocked(name: string, patienceMilliseconds: number, queue: Turns): Turns {
  /** Says whether work was done, or why it was not. */
  async function underLock(work: () => Promise<void>, ifAvailable: boolean): Promise<'done' | 'taken' | 'none'> {
    const { locks } = runtime.navigator ?? {}
    let outcome: 'done' | 'taken' | 'none' = 'none'
    const withLock = async (lock: object | null) => {
      outcome = lock === null ? 'taken' : 'done'
      if (lock !== null) await work()
    }
    try {
      await withDeadline(patienceMilliseconds, async signal =>
        locks?.request(name, ifAvailable ? { ifAvailable } : { signal }, withLock),
      )
    } catch {
      // The page has no access to locks, the wait was too long, or the lock was taken away: the turn goes to the work that waits.
    }
    return outcome
  }

  function settling<Result>(work: () => Promise<Result>) {
    const started: { result?: Promise<Result> } = {}
    return {
      result: () => started.result,
      async run() {
        started.result = work()
        await started.result.then(nothing, nothing)
      },
    }
  }

  return {
    async inTurn(work) {
      const { run, result } = settling(work)
      await underLock(run, false)
      return result() ?? queue.inTurn(work)
    },
    async unlessTaken(work) {
      const { run, result } = settling(work)
      const outcome = await underLock(run, true)
      if (outcome !== 'taken') return result() ?? queue.unlessTaken(work)
      const wait = await underLock(async () => {}, false)
      return wait === 'done' ? null : queue.unlessTaken(work)
    },
  }
}

export function createTurns({ lockName, patienceMilliseconds }: TurnSettings): Turns {
  const queue = createQueue(patienceMilliseconds)
  const lockPatience = Math.min(lockPatienceMilliseconds, patienceMilliseconds)
  return lockName === null ? queue : createLocked(lockName, lockPatience, queue)
}
