import { namedUnder } from '../../../storage/redis/keys.js'

/** Returns the names of the keys that events add. */
export const eventKeys = namedUnder((named, root) => ({
  event: named('event'),
  events: `${root}events`,
  eventsOf: named('events-of'),
  eventsByAge: `${root}events-by-age`,
  /** A hash: the origin of each event of this user. It is deleted with the user; the events stay. */
  originsOf: named('origins-of'),
}))
