import type { Count, LimitCounters } from './limit-counters.js'

export interface MemoryCountersSettings {
  /** Of each kind of key: what comes before the first colon of its name. */
  readonly maximumKeys: number
  clock(): number
}

/** Counters of this process. They never fail, and their memory is bounded. */
export interface MemoryCounters extends LimitCounters {
  /** `penalty` without a promise. Fewer points than none there are not. */
  add(key: string, points: number, seconds: number): Count
  /** How many places are taken, also by counters that have ended. */
  size(): number
}

interface Counter {
  readonly key: string
  points: number
  readonly endsAt: number
}

/** Counters of one kind, in places that are taken one by one, and in a round when there are no more. */
interface Family {
  readonly byKey: Map<string, Counter>
  readonly places: Counter[]
  /** Where the round stands. */
  hand: number
}

/** So many counters are looked at to choose the one that goes. */
const looks = 16

/**
 * The place of one that goes, in a family that is full: of those whose turn it is the first that has ended, or else the
 * lowest. So whoever makes names up, each of which is counted once, drives out names of that sort, and not the counter
 * of somebody who is being guessed at.
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

export function createMemoryCounters({ maximumKeys, clock }: MemoryCountersSettings): MemoryCounters {
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
    const now = clock()
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
      const now = clock()
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
