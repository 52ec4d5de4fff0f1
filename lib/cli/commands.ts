import type { Argument, Command } from './command.js'
import { userCommands } from './user-commands.js'
import { variables } from './variables.js'

const database = ['DATABASE_URL'] as const

const importedFile: Argument = { name: 'file', value: 'FILE', meaning: 'The file to read; - reads stdin' }
const leakedKey: Argument = {
  name: 'key',
  value: 'KEY',
  meaning: 'The API key. Without it, the key is read from stdin, which keeps it out of the history of the shell',
  isOptional: true,
}

/** Every command by its name, in the order of the help. A name of two words is a command of a group. */
export const commands: ReadonlyMap<string, Command> = new Map<string, Command>([
  [
    'serve',
    {
      summary: 'Run an authentication server',
      details:
        'Without configuration, it stores users in fast-auth.db and writes messages to the folder mail. docs/server.md explains each environment variable.',
      variables,
      example: 'fast-auth serve',
      load: async () => (await import('./serve.js')).serve,
    },
  ],
  [
    'migrate',
    {
      summary: 'Migrate the tables of DATABASE_URL to the current version',
      options: { 'dry-run': 'Print the SQL and change nothing' },
      variables: database,
      example: 'fast-auth migrate --dry-run',
      load: async () => (await import('./migrate.js')).migrate,
    },
  ],
  [
    'import',
    {
      summary: 'Add the users of a file to DATABASE_URL',
      details: 'The file has one JSON object per line. Users that already exist are not changed.',
      argument: importedFile,
      options: { 'dry-run': 'Print what would happen and write nothing' },
      variables: [...database, 'ORGANIZATIONS'],
      example: 'fast-auth import users.ndjson --dry-run',
      load: async () => (await import('./import-users.js')).importUsers,
    },
  ],
  [
    'export',
    {
      summary: 'Print every user of DATABASE_URL, password hashes included',
      details:
        'The command "import" reads the output. It does not contain second factors: users with one have to set it up again.',
      options: { output: 'Write to a new file that only its owner can read, instead of stdout' },
      variables: database,
      example: 'fast-auth export --output users.ndjson',
      load: async () => (await import('./export-users.js')).exportUsers,
    },
  ],
  ...userCommands,
  [
    'openapi',
    {
      summary: 'Print the OpenAPI document as YAML',
      options: { output: 'Write to this file instead of stdout' },
      example: 'fast-auth openapi --output openapi.yml',
      load: async () => (await import('./openapi.js')).openapi,
    },
  ],
  [
    'secret',
    {
      summary: 'Print a new secret for JWT_SECRET_KEY, or a private key for JWT_PRIVATE_KEY_FILE',
      options: {
        type: 'hs256 (default) for a secret; ed25519, p256 or rsa for a private key',
        output:
          'Write to a new file that only its owner can read, instead of stdout. The public half of a key goes to FILE.pub',
      },
      example: 'fast-auth secret --type ed25519 --output key.pem',
      load: async () => (await import('./secret.js')).secret,
    },
  ],
  [
    'hash-cost',
    {
      summary: 'Measure which PASSWORD_HASHER takes a given time on this machine',
      options: { 'target-ms': 'Milliseconds that one hash may take, 250 by default' },
      example: 'fast-auth hash-cost --target-ms 100',
      load: async () => (await import('./hash-cost.js')).hashCost,
    },
  ],
  [
    'purge',
    {
      summary: 'Remove expired sessions, links and messages from DATABASE_URL',
      details: 'You can run it while servers run.',
      variables: database,
      example: 'fast-auth purge',
      load: async () => (await import('./purge.js')).purge,
    },
  ],
  [
    'revoke-key',
    {
      summary: 'Delete a leaked API key from DATABASE_URL',
      argument: leakedKey,
      variables: database,
      example: 'fast-auth revoke-key',
      load: async () => (await import('./revoke-key.js')).revokeKey,
    },
  ],
])
