import { debuglog } from 'node:util'
import type { CliContext } from './cli-context.js'
import { version } from './openapi-document.js'
import { type CommandLine, readCommandLine } from './read-command-line.js'

const debug = debuglog('fast-auth')

/** One line on stderr. */
function complain({ stderr }: CliContext, sentence: string): void {
  stderr.write(`fast-auth: ${sentence.replaceAll(/\s*\n\s*/g, ' ')}\n`)
}

async function carryOut(line: CommandLine, context: CliContext): Promise<number> {
  const { stdout, stderr } = context
  switch (line.kind) {
    case 'command':
      return (await line.command.load())(context, line.words)
    case 'mistake':
      complain(context, line.sentence)
      stderr.write(`\n${line.text}`)
      return 2
    case 'help':
      stdout.write(line.text)
      return 0
    case 'version':
      stdout.write(`${version}\n`)
      return 0
  }
}

/**
 * Runs a command line. Resolves to the exit code: 0, 1 if the command failed, 2 if the command line has a mistake. With
 * NODE_DEBUG=fast-auth, the stack and the causes of a failure are printed too.
 * @param words The words after `fast-auth`.
 */
export async function run(words: readonly string[], context: CliContext): Promise<number> {
  try {
    return await carryOut(readCommandLine(words), context)
  } catch (error) {
    debug('%O', error)
    complain(context, (error as Error).message)
    return 1
  }
}
