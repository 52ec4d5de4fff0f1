import { type Command, type OptionName, optionKinds } from './command.js'
import { commands } from './commands.js'

const width = 80

/** Wraps a text at word boundaries. */
function wrapped(text: string, columns: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > columns) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, line]
}

function paragraph(text: string): string {
  return wrapped(text, width).join('\n')
}

type Row = readonly [term: string, meaning: string]

/** A heading and two columns. */
function section(heading: string, rows: readonly Row[]): string {
  const indent = 4 + Math.max(...rows.map(([term]) => term.length))
  const lines = rows.map(([term, meaning]) => {
    const text = wrapped(meaning, width - indent).join(`\n${' '.repeat(indent)}`)
    return `${`  ${term}`.padEnd(indent)}${text}`
  })
  return [`${heading}:`, ...lines].join('\n')
}

function optionWords(name: OptionName): string {
  const kind = optionKinds[name]
  return 'value' in kind ? `--${name} ${kind.value}` : `--${name}`
}

function optionRow([name, meaning]: readonly [OptionName, string]): Row {
  const kind = optionKinds[name]
  return [`${'short' in kind ? `-${kind.short}, ` : '    '}${optionWords(name)}`, meaning]
}

function optionsOf({ options = {} }: Command): [OptionName, string][] {
  return Object.entries(options) as [OptionName, string][]
}

function argumentWords({ argument }: Command): string[] {
  if (argument === undefined) return []
  return [argument.isOptional ? `[${argument.value}]` : argument.value]
}

/** Returns the usage of a command without `fast-auth`, for example `migrate [--dry-run]`. */
export function usageOf(name: string, command: Command): string {
  const options = optionsOf(command).map(([option]) => `[${optionWords(option)}]`)
  return [name, ...argumentWords(command), ...options].join(' ')
}

/** Returns the full names of the commands in a group: two words, of which the first is the name of the group. */
export function commandsOfGroup(group: string): string[] {
  return [...commands.keys()].filter(name => name.startsWith(`${group} `))
}

function summaries(names: Iterable<string>): Row[] {
  const shown = new Set(names)
  const rows = [...commands].filter(([name]) => shown.has(name))
  return rows.map(([name, command]) => [[name, ...argumentWords(command)].join(' '), command.summary])
}

const helpRow = ['help', 'Print this text'] as const

/** Returns the output of `fast-auth --help`. */
export function overview(): string {
  const options = [helpRow, ['version', 'Print the version'] as const]
  return `Usage: fast-auth COMMAND

${section('Commands', summaries(commands.keys()))}

${section('Options', options.map(optionRow))}

"fast-auth COMMAND --help" explains a command and shows an example.
Set NODE_DEBUG=fast-auth to print the stack of an error.
`
}

/** Returns the output of `fast-auth GROUP --help`. */
export function groupHelp(group: string): string {
  return `Usage: fast-auth ${group} COMMAND

${section('Commands', summaries(commandsOfGroup(group)))}

"fast-auth ${group} COMMAND --help" explains a command and shows an example.
`
}

function variablesSection({ variables = [] }: Command): string[] {
  if (variables.length === 0) return []
  const names = wrapped(variables.join(', '), width - 2).map(line => `  ${line}`)
  return [['Environment variables, also read from the file .env here:', ...names].join('\n')]
}

/** Returns the output of `fast-auth COMMAND --help`. */
export function commandHelp(name: string, command: Command): string {
  const { summary, details, argument, example } = command
  const parts = [
    `Usage: fast-auth ${usageOf(name, command)}`,
    paragraph(details === undefined ? `${summary}.` : `${summary}. ${details}`),
    ...(argument === undefined ? [] : [section('Argument', [[argumentWords(command).join(), argument.meaning]])]),
    section('Options', [...optionsOf(command), helpRow].map(optionRow)),
    ...variablesSection(command),
    `Example:\n  ${example}`,
  ]
  return `${parts.join('\n\n')}\n`
}
