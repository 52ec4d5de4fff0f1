import { parseArgs } from 'node:util'
import { type Command, type CommandWords, optionKinds } from './command.js'
import { commands } from './commands.js'
import { commandHelp, commandsOfGroup, groupHelp, overview, usageOf } from './help.js'
import { nearest } from './nearest.js'

/** A parsed command line. */
export type CommandLine =
  | { readonly kind: 'help'; readonly text: string }
  | { readonly kind: 'version' }
  | { readonly kind: 'command'; readonly command: Command; readonly words: CommandWords }
  /** Describes a mistake in one sentence; `text` shows the correct form. */
  | { readonly kind: 'mistake'; readonly sentence: string; readonly text: string }

/** The start of a command line: the name of a command, of a group, or neither. */
interface Named {
  readonly name: string
  readonly command: Command | undefined
  readonly others: readonly string[]
}

type NamedCommand = Named & { readonly command: Command }

function nameIn([first = '', ...others]: readonly string[]): Named {
  const [second, ...rest] = others
  const both = `${first} ${second}`
  const command = commands.get(both)
  if (command !== undefined) return { name: both, command, others: rest }
  return { name: first, command: commands.get(first), others }
}

function suggestion(name: string | undefined): string {
  return name === undefined ? '' : `. Did you mean "${name}"?`
}

/** Describes the mistake of a command line without a known command. */
function withoutCommand({ name, others: [second] }: Named): CommandLine {
  const ofGroup = commandsOfGroup(name)
  if (name === '') return { kind: 'mistake', sentence: 'A command is missing', text: overview() }
  if (ofGroup.length > 0 && second === undefined)
    return { kind: 'mistake', sentence: `"${name}" needs one of its commands`, text: groupHelp(name) }
  const both = second === undefined ? name : `${name} ${second}`
  const typed = ofGroup.length > 0 ? both : name
  const near = nearest(both, [...commands.keys()]) ?? nearest(typed, [...commands.keys(), 'user'])
  const sentence = `There is no command "${typed}"${suggestion(near)}`
  const shown = ofGroup.length > 0 ? `fast-auth ${name}` : 'fast-auth'
  return { kind: 'mistake', sentence, text: `"${shown} --help" lists the commands.\n` }
}

interface TypedOption {
  readonly name: string
  /** As the user wrote it: `--dry-run`. */
  readonly rawName: string
}

/** Accepts any option; an unknown one counts as a switch. */
function readLeniently(words: readonly string[]) {
  const parsed = parseArgs({ args: [...words], options: optionKinds, strict: false, tokens: true })
  const options: TypedOption[] = parsed.tokens.filter(token => token.kind === 'option')
  return { options, named: nameIn(parsed.positionals) }
}

/** Returns the first option that is not among these names, with a hint. */
function foreignOption(typed: readonly TypedOption[], own: readonly string[], { variables = [] }: Partial<Command>) {
  const foreign = typed.find(({ name }) => !own.includes(name))
  if (foreign === undefined) return undefined
  const variable = variables.find(known => known === foreign.name.toUpperCase().replaceAll('-', '_'))
  if (variable !== undefined) return `${foreign.rawName}: set the environment variable ${variable}`
  const near = nearest(foreign.name, own)
  return `${foreign.rawName}${suggestion(near && `--${near}`)}`
}

const optionsOfAll = ['help', 'version']

/** Returns the first mistake after the name of a command. */
function mistakeIn({ name, command, others }: NamedCommand, typed: readonly TypedOption[]): string | undefined {
  const { argument, options = {} } = command
  const foreign = foreignOption(typed, [...Object.keys(options), ...optionsOfAll], command)
  if (foreign !== undefined) return `"${name}" has no option ${foreign}`
  const surplus = others[argument === undefined ? 0 : 1]
  if (surplus !== undefined) return `"${surplus}" is one word too many`
  if (argument === undefined || argument.isOptional || others.length > 0) return undefined
  return `"${name}" needs the argument ${argument.value}`
}

function readCommand(named: NamedCommand, words: readonly string[], typed: readonly TypedOption[]): CommandLine {
  const { name, command, others } = named
  const text = `Usage: fast-auth ${usageOf(name, command)}\n\n"fast-auth ${name} --help" explains it.\n`
  const sentence = mistakeIn(named, typed)
  if (sentence !== undefined) return { kind: 'mistake', sentence, text }
  try {
    const { values } = parseArgs({ args: [...words], options: optionKinds, allowPositionals: true })
    const argument = command.argument === undefined ? {} : { [command.argument.name]: others[0] }
    return { kind: 'command', command, words: { ...values, ...argument } }
  } catch (error) {
    // An option without its value, or a switch with one.
    return { kind: 'mistake', sentence: (error as Error).message, text }
  }
}

function helpOn({ name, command }: Named): string | undefined {
  if (command !== undefined) return commandHelp(name, command)
  if (name === '') return overview()
  return commandsOfGroup(name).length > 0 ? groupHelp(name) : undefined
}

/**
 * Parses a command line. Explains a mistake with the usage of the command and the nearest known name.
 * @param words The words after `fast-auth`.
 */
export function readCommandLine(words: readonly string[]): CommandLine {
  const { options, named } = readLeniently(words)
  const has = (option: string) => options.some(({ name }) => name === option)
  const help = has('help') ? helpOn(named) : undefined
  if (help !== undefined) return { kind: 'help', text: help }
  if (has('version')) return { kind: 'version' }
  const { command } = named
  if (command !== undefined) return readCommand({ ...named, command }, words, options)
  const foreign = named.name === '' ? foreignOption(options, optionsOfAll, {}) : undefined
  if (foreign === undefined) return withoutCommand(named)
  return { kind: 'mistake', sentence: `There is no option ${foreign}`, text: overview() }
}
