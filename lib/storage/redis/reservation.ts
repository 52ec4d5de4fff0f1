import { randomUUID } from 'node:crypto'
import type { RedisDatabase } from './redis-database.js'
import { runScript } from './run-script.js'
import { reserveScript } from './scripts.js'

/** Long enough for one attempt. If a process crashes, it delays others no longer than this. */
const lifetimeMilliseconds = 2_000

/**
 * Reserves keys, so only commits with the token write to them.
 * @param held The token of the step's existing reservation, to which these keys are added.
 * @returns The token, or `null` if another step has a reservation.
 */
export async function reserve(
  { keys, send }: RedisDatabase,
  names: readonly string[],
  held: string | null,
): Promise<string | null> {
  const token = held ?? randomUUID()
  const words = [token, String(lifetimeMilliseconds), ...new Set(names)]
  const isReserved = (await runScript(send, reserveScript, [keys.reservation], words)) === 1
  return isReserved ? token : null
}
