import type { HashingTurn } from './hash-origin.js'

export interface WaitingLine<Waiter> {
  readonly length: number
  /** Returns the waiter that lost its place: another one, the newcomer itself if no place is left for it, or `null` if none did. */
  join(turn: HashingTurn, newcomer: Waiter): Waiter | null
  /** Removes and returns the waiter that is served next. */
  next(): Waiter | undefined
}

type Lanes<Waiter> = Map<string, Waiter[]>

/** The number of places that a network keeps: only further ones can be lost to the other class. */
const placesOfNetwork = 2

/** After this number of requests with a credential, one other request is served: an attacker with accounts cannot stop all sign-ins. */
const firstsInARow = 3

function longest<Waiter>(lanes: Lanes<Waiter>): Waiter[] {
  return [...lanes.values()].reduce((most, lane) => (lane.length > most.length ? lane : most), [])
}

/**
 * A bounded line with two classes, each with a lane for every network. Lanes are served in turn. A network may take every
 * free place. In a full line a newcomer takes the last place of the longest lane of its class, if its own lane stays the
 * shorter one. Requests that are served first also take two places a network from the others; the others take two places
 * a network from the surplus of a network that has more than two.
 */
export function createWaitingLine<Waiter>(limit: number): WaitingLine<Waiter> {
  const firsts: Lanes<Waiter> = new Map()
  const others: Lanes<Waiter> = new Map()
  let length = 0
  let served = 0

  /** The lane that loses its last place to a newcomer in a full line; empty if none does. */
  function laneBefore({ network, isFirst }: HashingTurn): Waiter[] {
    const [own, foreign] = isFirst ? [firsts, others] : [others, firsts]
    const taken = own.get(network)?.length ?? 0
    const lacksPlaces = taken < placesOfNetwork
    const [longestOfOwn, longestOfForeign] = [longest(own), longest(foreign)]
    const surplus = longestOfForeign.length - placesOfNetwork
    if (isFirst && (lacksPlaces ? others.size > 0 : surplus > 0)) return longestOfForeign
    if (lacksPlaces && surplus > 0 && longestOfForeign.length > longestOfOwn.length) return longestOfForeign
    return longestOfOwn.length > taken + 1 ? longestOfOwn : []
  }

  function dropEmpty(lanes: Lanes<Waiter>): void {
    for (const [network, lane] of lanes) if (lane.length === 0) lanes.delete(network)
  }

  return {
    get length() {
      return length
    },

    join(turn, newcomer) {
      const displaced = length < limit ? null : (laneBefore(turn).pop() ?? newcomer)
      if (displaced === newcomer) return newcomer
      dropEmpty(others)
      const lanes = turn.isFirst ? firsts : others
      const lane = lanes.get(turn.network)
      if (lane === undefined) lanes.set(turn.network, [newcomer])
      else lane.push(newcomer)
      if (displaced === null) length += 1
      return displaced
    },

    next() {
      const isFirst = firsts.size > 0 && (others.size === 0 || served < firstsInARow)
      const lanes = isFirst ? firsts : others
      served = isFirst ? served + 1 : 0
      for (const [network, lane] of lanes) {
        lanes.delete(network)
        const waiter = lane.shift()
        if (lane.length > 0) lanes.set(network, lane)
        length -= 1
        return waiter
      }
      return undefined
    },
  }
}
