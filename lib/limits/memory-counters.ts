import type { Count, LimitCounters } from './limit-counters.js'

export interface MemoryCountersSettings {
  /** Maximum for each kind of key, which is the part of its name before the first colon. */
  readonly maximumKeys: number
  /** Milliseconds by a clock that is never set: a wall clock that jumps would end a counter, or keep it for a day. */
  uptime(): number
}

/** Counters of this process. They never fail, and their memory is bounded. */
export interface MemoryCounters extends LimitCounters {
  /** `penalty` without a promise. A counter never falls below 0. */
  add(key: string, points: number, seconds: number): Count
  /** Returns the number of occupied slots, including counters that have expired. */
  size(): number
}

interface Counter {
  readonly key: string
  points: number
  readonly endsAt: number
}

/** Counters of one kind. Their slots are filled one by one, then reused in a cycle. */
interface Family {
  readonly byKey: Map<string, Counter>
  readonly places: Counter[]
  /** The position in the cycle. */
  hand: number
}

/** How many counters are examined to choose the one that is evicted. */
const looks = 16

/**
 * Returns the slot to evict in a full family: of the next slots in the cycle the first that has expired, or else the lowest.
 * An attacker who invents names, each of which is counted once, evicts only such names, and not the counter of an account under
 * attack.
 */
function placeOfNext(family: Family, now: number): number {
  const { places, hand } = family
  const turns = Array.from({ length: looks }, (_, step) => (hand + step) % places.length)
  family.hand = (hand + looks) % places.length
  const pointsAt = (place: number) => {
    const { points, endsAt } = places[place] as Counter
    return endsAt <= now ? 0 : points
  }
  return turns.reduce((lowest, place) => (pointsAt(place) < pointsAt(lowest) ? place : lowest))
}

function insert(family: Family, counter: Counter, { maximumKeys, now }: { maximumKeys: number; now: number }): void {
  const { byKey, places } = family
  if (places.length < maximumKeys) places.push(counter)
  else {
    const place = placeOfNext(family, now)
    const gone = places[place] as Counter
    if (byKey.get(gone.key) === gone) byKey.delete(gone.key)
    places[place] = counter
  }
  byKey.set(counter.key, counter)
}

export function createMemoryCounters({ maximumKeys, uptime }: MemoryCountersSettings): MemoryCounters {
  const families = new Map<string, Family>()

  function familyOf(key: string): Family {
    const kind = key.slice(0, key.indexOf(':'))
    const known = families.get(kind)
    if (known !== undefined) return known
    const family: Family = { byKey: new Map(), places: [], hand: 0 }
    families.set(kind, family)
    return family
  }

  function counterAt(key: string, now: number): Counter | undefined {
    const counter = familyOf(key).byKey.get(key)
    return counter === undefined || counter.endsAt <= now ? undefined : counter
  }

  function add(key: string, points: number, seconds: number): Count {
    const now = uptime()
    const family = familyOf(key)
    const alive = counterAt(key, now)
    const counter = alive ?? { key, points: 0, endsAt: now + seconds * 1000 }
    counter.points = Math.max(0, counter.points + points)
    if (alive === undefined && counter.points > 0) insert(family, counter, { maximumKeys, now })
    return { consumedPoints: counter.points, msBeforeNext: counter.endsAt - now }
  }

  return {
    add,
    penalty: async (key, points, { customDuration }) => add(key, points, customDuration),
    reward: async (key, points, { customDuration }) => add(key, -points, customDuration),
    async get(key) {
      const now = uptime()
      const counter = counterAt(key, now)
      return counter === undefined ? null : { consumedPoints: counter.points, msBeforeNext: counter.endsAt - now }
    },
    async delete(key) {
      const { byKey } = familyOf(key)
      const counter = byKey.get(key)
      if (counter !== undefined) counter.points = 0
      return byKey.delete(key)
    },
    size: () => [...families.values()].reduce((total, family) => total + family.places.length, 0),
  }
}
