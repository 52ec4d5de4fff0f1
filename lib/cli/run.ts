import { debuglog, parseArgs } from 'node:util'
import { version } from './openapi-document.js'
import type { Surroundings } from './surroundings.js'

const usage = `Usage: fast-auth <command>

Commands:
  serve                   Run an authentication server. Without configuration it keeps its users in fast-auth.db
  migrate                 Bring the tables of DATABASE_URL to the present version
  import FILE [--dry-run] Add the users of a file, one JSON object a line; of stdin, where FILE is -
  export [--output FILE]  Print every user, as import reads them, or write them to a new file
  openapi [--output FILE] Print the OpenAPI document as YAML, or write it to FILE
  secret                  Print a new secret for JWT_SECRET_KEY

Options:
  -h, --help              Print this
  -v, --version           Print the version

serve, migrate, import and export are configured by environment variables and by a file .env in the working directory.
NODE_DEBUG=fast-auth shows where an error comes from.
`

const options = {
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
  output: { type: 'string', short: 'o' },
  'dry-run': { type: 'boolean' },
} as const

/** What stands behind the name of a command. */
interface CommandWords {
  readonly output?: string | undefined
  readonly 'dry-run'?: boolean | undefined
  readonly file?: string | undefined
}

/** Which commands have which of these words. */
const takers: { readonly [W in keyof Required<CommandWords>]: readonly string[] } = {
  output: ['openapi', 'export'],
  'dry-run': ['import'],
  file: ['import'],
}

/** Both resolve to the exit code. */
type Command = (surroundings: Surroundings, words: CommandWords) => Promise<number>
type Invocation = (surroundings: Surroundings) => Promise<number>

/** Each is loaded when it is asked for: a new secret needs no server. */
const commands: ReadonlyMap<string, () => Promise<Command>> = new Map<string, () => Promise<Command>>([
  ['serve', async () => (await import('./serve.js')).serve],
  ['migrate', async () => (await import('./migrate.js')).migrate],
  ['import', async () => (await import('./import-users.js')).importUsers],
  ['export', async () => (await import('./export-users.js')).exportUsers],
  ['openapi', async () => (await import('./openapi.js')).openapi],
  ['secret', async () => (await import('./secret.js')).secret],
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
  const [name, ...others] = positionals
  if (name === undefined) throw new Error('A command is missing')
  const load = commands.get(name)
  if (load === undefined) throw new Error(`There is no command "${name}"`)
  const [file, surplus] = takers.file.includes(name) ? others : [undefined, ...others]
  if (surplus !== undefined) throw new Error(`"${surplus}" is one word too many`)
  if (file === undefined && takers.file.includes(name)) throw new Error(`"${name}" needs a file, or - for stdin`)
  for (const flag of ['output', 'dry-run'] as const) {
    if (values[flag] !== undefined && !takers[flag].includes(name)) throw new Error(`"${name}" has no option --${flag}`)
  }
  return async surroundings => {
    const command = await load()
    return command(surroundings, { ...values, file })
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
