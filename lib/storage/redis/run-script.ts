import { createHash } from 'node:crypto'
import type { Send } from './redis-client.js'

export interface Script {
  readonly lua: string
  readonly sha1: string
}

export function script(lua: string): Script {
  return { lua, sha1: createHash('sha1').update(lua).digest('hex') }
}

/**
 * Runs a script by its digest. Sends its text only if the server does not know it: at first use, after a restart and after
 * `SCRIPT FLUSH`.
 */
export async function runScript(
  send: Send,
  { lua, sha1 }: Script,
  keys: readonly string[],
  words: readonly string[],
): Promise<unknown> {
  const rest = [String(keys.length), ...keys, ...words]
  try {
    return await send(['EVALSHA', sha1, ...rest])
  } catch (error) {
    if (!(error as Error).message.startsWith('NOSCRIPT')) throw error
    return send(['EVAL', lua, ...rest])
  }
}
