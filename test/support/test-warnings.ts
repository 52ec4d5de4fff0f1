import type { FastifyBaseLogger, FastifyServerOptions } from 'fastify'

function codeOf(fields: unknown): string {
  const code = typeof fields === 'object' && fields !== null && 'code' in fields ? fields.code : undefined
  return typeof code === 'string' ? code : ''
}

/** Makes a logger that keeps the codes of the warnings of fast-auth and discards everything else. */
function warningLogger(warned: string[]): FastifyBaseLogger {
  const discard = () => {}
  const logger: FastifyBaseLogger = {
    level: 'warn',
    fatal: discard,
    error: discard,
    warn(fields: unknown) {
      const code = codeOf(fields)
      if (code.startsWith('FAST_AUTH_WARN_')) warned.push(code)
    },
    info: discard,
    debug: discard,
    trace: discard,
    silent: discard,
    child: () => logger,
  }
  return logger
}

/** Adds a logger that keeps warnings, unless the server has a logger of its own. */
export function keepWarnings(server: FastifyServerOptions) {
  const warned: string[] = []
  const hasLogger = server.logger !== undefined || server.loggerInstance !== undefined
  return { warned, server: hasLogger ? server : { ...server, loggerInstance: warningLogger(warned) } }
}
