import type { CliContext } from './cli-context.js'
import type { Variable } from './variables.js'

/** Every option of every command. An option has the same kind of value in each. `value` is its placeholder in usages. */
export const optionKinds = {
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
  output: { type: 'string', short: 'o', value: 'FILE' },
  type: { type: 'string', value: 'TYPE' },
  'target-ms': { type: 'string', value: 'N' },
  'dry-run': { type: 'boolean' },
  confirmed: { type: 'boolean' },
  username: { type: 'string', value: 'NAME' },
  'password-file': { type: 'string', value: 'FILE' },
  yes: { type: 'boolean' },
} as const

export type OptionName = keyof typeof optionKinds

/** The options and the argument of a command. */
export interface CommandWords {
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

/** Resolves to the exit code. */
export type RunCommand = (context: CliContext, words: CommandWords) => Promise<number>

export interface Argument {
  /** The property of `CommandWords` that holds the argument. */
  readonly name: 'file' | 'key'
  /** The placeholder in usages, for example `FILE`. */
  readonly value: string
  readonly meaning: string
  readonly isOptional?: true
}

/** A command. Its help, its row in the documentation and the parser of command lines are derived from this. */
export interface Command {
  /** One sentence without a full stop, in the imperative. */
  readonly summary: string
  /** Sentences that follow the summary in the command's own help. */
  readonly details?: string
  readonly argument?: Argument
  /** The meaning of each option of the command. */
  readonly options?: { readonly [Name in OptionName]?: string }
  /** The environment variables that the command reads. */
  readonly variables?: readonly Variable[]
  /** A command line that works. */
  readonly example: string
  /** Imports the command on demand, so `fast-auth secret` does not load the server. */
  load(): Promise<RunCommand>
}
