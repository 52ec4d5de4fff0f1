import type { FastifyInstance } from 'fastify'
import type { CliContext } from './cli-context.js'

export interface StopSettings {
  /** How long requests that are under way may take. */
  readonly limitMilliseconds: number
}

/**
 * Waits for SIGTERM or SIGINT, then for the app to close: no new connections, requests that are under way are answered,
 * the storage is closed last. Answers with the process's exit code: 0, or 1 where a second signal or the limit came
 * first, and the process has to be ended with something still open.
 */
export function stopGracefully(
  app: FastifyInstance,
  context: Pick<CliContext, 'on'>,
  { limitMilliseconds }: StopSettings = { limitMilliseconds: 10_000 },
): Promise<number> {
  return new Promise(resolve => {
    let limit: NodeJS.Timeout | undefined

    function finish(exitCode: number): void {
      clearTimeout(limit)
      resolve(exitCode)
    }

    function giveUp(reason: string): void {
      app.log.error(`fast-auth stops at once: ${reason}`)
      finish(1)
    }

    function stop(): void {
      app.log.info('fast-auth is stopping: requests under way are answered first')
      limit = setTimeout(giveUp, limitMilliseconds, `requests were still under way after ${limitMilliseconds} ms`)
      app.close().then(
        () => finish(0),
        error => giveUp((error as Error).message),
      )
    }

    const onSignal = () => (limit === undefined ? stop() : giveUp('a second signal came'))
    context.on('SIGTERM', onSignal)
    context.on('SIGINT', onSignal)
  })
}
