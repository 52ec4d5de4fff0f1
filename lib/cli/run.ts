import { debuglog, parseArgs } from 'node:util'
import { version } from './openapi-document.js'
import type { Surroundings } from './surroundings.js'

const usage = `Usage: fast-auth <command>

Commands:
  serve                   Run an authentication server. Without configuration it keeps its users in fast-auth.db
  migrate                 Bring the tables of DATABASE_URL to the present version
  openapi [--output FILE] Print the OpenAPI document as YAML, or write it to FILE
  secret                  Print a new secret for JWT_SECRET_KEY
  hash-cost --target-ms N Measure what to set PASSWORD_HASHER to for N ms a hash, 250 where it isn't given

Options:
  -h, --help              Print this
  -v, --version           Print the version

serve and migrate are configured by environment variables and by a file .env in the working directory.
NODE_DEBUG=fast-auth shows where an error comes from.
`

const options = {
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
  output: { type: 'string', short: 'o' },
  'target-ms': { type: 'string' },
} as const

interface Flags {
  readonly output?: string | undefined
  readonly 'target-ms'?: string | undefined
}

/** Both resolve to the exit code. */
type Command = (surroundings: Surroundings, flags: Flags) => Promise<number>
type Invocation = (surroundings: Surroundings) => Promise<number>

/** Each is loaded when it is asked for: a new secret needs no server. */
const commands: ReadonlyMap<string, () => Promise<Command>> = new Map<string, () => Promise<Command>>([
  ['serve', async () => (await import('./serve.js')).serve],
  ['migrate', async () => (await import('./migrate.js')).migrate],
  ['openapi', async () => (await import('./openapi.js')).openapi],
  ['secret', async () => (await import('./secret.js')).secret],
  ['hash-cost', async () => (await import('./hash-cost.js')).hashCost],
])

function printing(text: string): Invocation {
  return async ({ stdout }) => {
    stdout.write(text)
    return 0
  }
}

/** @throws {Error} A word or a flag is missing, not known, or one too many. */
function readWords(words: readonly string[]): Invocation {
  const { values, positionals } = parseArgs({ args: [...words], options, allowPositionals: true })
  if (values.help) return printing(usage)
  if (values.version) return printing(`${version}\n`)
  const [name, surplus] = positionals
  if (name === undefined) throw new Error('A command is missing')
  const load = commands.get(name)
  if (load === undefined) throw new Error(`There is no command "${name}"`)
  if (surplus !== undefined) throw new Error(`"${surplus}" is one word too many`)
  if (values.output !== undefined && name !== 'openapi') throw new Error(`"${name}" has no option --output`)
  if (values['target-ms'] !== undefined && name !== 'hash-cost') throw new Error(`"${name}" has no option --target-ms`)
  return async surroundings => {
    const command = await load()
    return command(surroundings, values)
  }
}

const debug = debuglog('fast-auth')

/** One line on stderr; with NODE_DEBUG=fast-auth, the stack and the causes too. */
function complain({ stderr }: Surroundings, error: unknown): void {
  debug('%O', error)
  stderr.write(`fast-auth: ${(error as Error).message.replaceAll(/\s*\n\s*/g, ' ')}\n`)
}

/**
 * Carries out a command line. Resolves to the exit code: 0, 1 where the command failed, 2 where it was not understood.
 * @param words What stands behind `fast-auth`.
 */
export async function run(words: readonly string[], surroundings: Surroundings): Promise<number> {
  let invocation: Invocation
  try {
    invocation = readWords(words)
  } catch (error) {
    complain(surroundings, error)
    surroundings.stderr.write(`\n${usage}`)
    return 2
  }
  try {
    return await invocation(surroundings)
  } catch (error) {
    complain(surroundings, error)
    return 1
  }
}
