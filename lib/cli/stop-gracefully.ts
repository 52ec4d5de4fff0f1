import type { FastifyInstance } from 'fastify'
import type { CliContext } from './cli-context.js'

export interface StopSettings {
  /** How long pending requests may take. */
  readonly limitMilliseconds: number
}

/**
 * Waits for SIGTERM or SIGINT, then closes the app: it accepts no new connections, answers pending requests, and closes the
 * storage last. Resolves to the exit code of the process: 0, or 1 if a second signal or the limit came first. In that case
 * something may still be open, and the caller must end the process.
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
      app.log.error(`fast-auth stops immediately: ${reason}`)
      finish(1)
    }

    function stop(): void {
      app.log.info('fast-auth is stopping: it answers pending requests first')
      limit = setTimeout(giveUp, limitMilliseconds, `requests were still pending after ${limitMilliseconds} ms`)
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
