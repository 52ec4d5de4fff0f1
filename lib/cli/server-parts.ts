/** The parts of `serve` from which the fault tests build servers. */
export { readDatabase } from './database-url.js'
export { addHealthRoutes } from './health-routes.js'
export { openCounters } from './open-counters.js'
export { openStorage } from './open-storage.js'
