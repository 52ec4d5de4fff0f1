import type { Argument, Command, RunCommand } from './command.js'

const database = ['DATABASE_URL'] as const
const knownUser: Argument = { name: 'key', value: 'KEY', meaning: 'The address or the id of the user' }

type UserModule = typeof import('./user.js')

/** Creates a command on one user. */
function onUser(name: string, summary: string, choose: (module: UserModule) => RunCommand): [string, Command] {
  return [
    `user ${name}`,
    {
      summary,
      argument: knownUser,
      variables: database,
      example: `fast-auth user ${name} ada@example.com`,
      load: async () => choose(await import('./user.js')),
    },
  ]
}

const [deleteName, deleting] = onUser('delete', 'Delete a user with all of their data', user => user.deleteUser)

/** The commands of the group `user`, by name. */
export const userCommands: readonly (readonly [name: string, command: Command])[] = [
  [
    'user create',
    {
      summary: 'Create a user',
      details: 'It reads the password from stdin. The password must satisfy the rules of a sign-up.',
      argument: { name: 'key', value: 'EMAIL', meaning: 'The address of the new user' },
      options: {
        username: 'The user name of the new user',
        confirmed: 'Treat the address as confirmed',
        'password-file': 'Read the password from the first line of this file instead; - is stdin',
      },
      variables: ['DATABASE_URL', 'HASHER_SECRET_KEY', 'ORGANIZATIONS', 'PASSWORD_HASHER'],
      example: 'fast-auth user create ada@example.com --confirmed',
      load: async () => (await import('./create-user.js')).createUser,
    },
  ],
  onUser('show', 'Print a user as JSON, without the password hash', user => user.showUser),
  onUser('disable', 'Refuse sign-ins of a user and end their sessions', user => user.disableUser),
  onUser('enable', 'Allow sign-ins of a disabled user again', user => user.enableUser),
  onUser('end-sessions', 'End every session of a user', user => user.endUserSessions),
  onUser('confirm', 'Mark the address of a user as confirmed', user => user.confirmUserEmail),
  [
    'user clear-second-factor',
    {
      summary: 'Remove the authenticator app and the recovery codes of a user who has lost them',
      details:
        'Their sessions end, an event is stored, and a running server mails the owner. From then on the password alone signs the user in: verify first who asks for it.',
      argument: knownUser,
      variables: ['DATABASE_URL', 'JWT_SECRET_KEY'],
      example: 'fast-auth user clear-second-factor ada@example.com',
      load: async () => (await import('./clear-second-factor.js')).clearUserSecondFactor,
    },
  ],
  [
    deleteName,
    {
      ...deleting,
      options: { yes: 'Delete. Without it, the command prints the user and deletes nothing' },
      example: `${deleting.example} --yes`,
    },
  ],
]
