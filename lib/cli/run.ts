import { debuglog, parseArgs } from 'node:util'
import { version } from './openapi-document.js'
import type { Surroundings } from './surroundings.js'

const usage = `Usage: fast-auth <command>

Commands:
  serve                   Run an authentication server. Without configuration it keeps its users in fast-auth.db
  migrate                 Bring the tables of DATABASE_URL to the present version
  import FILE [--dry-run] Add the users of a file, one JSON object a line; of stdin, where FILE is -
  export [--output FILE]  Print every user, as import reads them, or write them to a new file
  user create EMAIL [--username NAME] [--confirmed] [--password-file FILE]
                          Make a user. The password is read from stdin, or is the first line of FILE
  user show KEY           Print the user whose address or id is KEY, as JSON
  user disable KEY        Let nobody in as this user, and end every session
  user enable KEY         Take that back
  user end-sessions KEY   Sign the user out everywhere
  user confirm KEY        Count the user's address as proven
  user delete KEY --yes   Delete the user with everything of theirs
  openapi [--output FILE] Print the OpenAPI document as YAML, or write it to FILE
  secret [--type TYPE] [--output FILE]
                          Print a new secret for JWT_SECRET_KEY (hs256, the default), or a private key for
                          JWT_PRIVATE_KEY_FILE (ed25519, p256, rsa); or write it to FILE, and a key's public half to FILE.pub
  hash-cost --target-ms N Measure what to set PASSWORD_HASHER to for N ms a hash, 250 where it isn't given
  purge                   Remove what has expired from DATABASE_URL: sessions, links, messages
  revoke-key [KEY]        Delete an API key that has leaked from DATABASE_URL. Without KEY, it is read from stdin

Options:
  -h, --help              Print this
  -v, --version           Print the version

serve, migrate, import, export, user, purge and revoke-key are configured by environment variables and by a file .env in the
working directory.
NODE_DEBUG=fast-auth shows where an error comes from.
`

const options = {
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
  output: { type: 'string', short: 'o' },
  type: { type: 'string' },
  'target-ms': { type: 'string' },
  'dry-run': { type: 'boolean' },
  confirmed: { type: 'boolean' },
  username: { type: 'string' },
  'password-file': { type: 'string' },
  yes: { type: 'boolean' },
} as const

/** What stands behind the name of a command. */
interface CommandWords {
  readonly output?: string | undefined
  readonly type?: string | undefined
  readonly 'target-ms'?: string | undefined
  readonly 'dry-run'?: boolean | undefined
  readonly confirmed?: boolean | undefined
  readonly username?: string | undefined
  readonly 'password-file'?: string | undefined
  readonly yes?: boolean | undefined
  readonly file?: string | undefined
  readonly key?: string | undefined
}

/** Both resolve to the exit code. */
type Invocation = (surroundings: Surroundings) => Promise<number>
type Command = (surroundings: Surroundings, words: CommandWords) => Promise<number>

interface KnownCommand {
  /** The options that it has. */
  readonly flags?: readonly (keyof typeof options)[]
  /** The word that may stand behind its name. */
  readonly word?: 'file' | 'key'
  /** What the word is, where it cannot be left out. */
  readonly needs?: string
  /** It is loaded when it is asked for: a new secret needs no server. */
  load(): Promise<Command>
}

const oneUser = { word: 'key', needs: 'an address or an id' } as const

/** Their names have two words. */
const userCommands = new Map<string, KnownCommand>([
  [
    'user create',
    {
      flags: ['confirmed', 'username', 'password-file'],
      word: 'key',
      needs: 'an address',
      load: async () => (await import('./create-user.js')).createUser,
    },
  ],
  ['user show', { ...oneUser, load: async () => (await import('./user.js')).showUser }],
  ['user disable', { ...oneUser, load: async () => (await import('./user.js')).disableUser }],
  ['user enable', { ...oneUser, load: async () => (await import('./user.js')).enableUser }],
  ['user end-sessions', { ...oneUser, load: async () => (await import('./user.js')).endUserSessions }],
  ['user confirm', { ...oneUser, load: async () => (await import('./user.js')).confirmUserEmail }],
  ['user delete', { ...oneUser, flags: ['yes'], load: async () => (await import('./user.js')).deleteUser }],
])

const commands: ReadonlyMap<string, KnownCommand> = new Map<string, KnownCommand>([
  ['serve', { load: async () => (await import('./serve.js')).serve }],
  ['migrate', { load: async () => (await import('./migrate.js')).migrate }],
  [
    'import',
    {
      flags: ['dry-run'],
      word: 'file',
      needs: 'a file, or - for stdin',
      load: async () => (await import('./import-users.js')).importUsers,
    },
  ],
  ['export', { flags: ['output'], load: async () => (await import('./export-users.js')).exportUsers }],
  ['openapi', { flags: ['output'], load: async () => (await import('./openapi.js')).openapi }],
  ['secret', { flags: ['output', 'type'], load: async () => (await import('./secret.js')).secret }],
  ['hash-cost', { flags: ['target-ms'], load: async () => (await import('./hash-cost.js')).hashCost }],
  ['purge', { load: async () => (await import('./purge.js')).purge }],
  ...userCommands,
  ['revoke-key', { word: 'key', load: async () => (await import('./revoke-key.js')).revokeKey }],
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
  const [first, ...behind] = positionals
  if (first === undefined) throw new Error('A command is missing')
  const [second = '', ...rest] = behind
  const [name, others] = first === 'user' ? [`user ${second}`.trim(), rest] : [first, behind]
  const known = commands.get(name)
  if (known === undefined) throw new Error(`There is no command "${name}"`)
  const { flags = [], word: wordName, needs } = known
  const [word, surplus] = wordName === undefined ? [undefined, ...others] : others
  if (surplus !== undefined) throw new Error(`"${surplus}" is one word too many`)
  if (needs !== undefined && word === undefined) throw new Error(`"${name}" needs ${needs}`)
  const foreign = Object.keys(values).find(flag => !flags.some(own => own === flag))
  if (foreign !== undefined) throw new Error(`"${name}" has no option --${foreign}`)
  return async surroundings => {
    const command = await known.load()
    return command(surroundings, wordName === undefined ? values : { ...values, [wordName]: word })
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
