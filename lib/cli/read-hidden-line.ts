import type { CliContext } from './cli-context.js'

/** Long enough for any secret and what stands around it by mistake. */
const longestLine = 5000

async function* textsOf(stdin: CliContext['stdin']): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  for await (const chunk of stdin) yield decoder.decode(Buffer.from(chunk), { stream: true })
}

async function readLine(stdin: CliContext['stdin']): Promise<string> {
  let text = ''
  for await (const more of textsOf(stdin)) {
    text += more
    if (text.includes('\n') || text.length > longestLine) break
  }
  return text.split(/\r?\n/, 1).join('')
}

/** What a person types, key by key: Backspace and Ctrl+C are ours to understand. */
async function readKeys(stdin: CliContext['stdin']): Promise<string> {
  let typed: string[] = []
  for await (const keys of textsOf(stdin)) {
    for (const key of keys) {
      if (key === '\r' || key === '\n') return typed.join('')
      if (key === '\u0003') throw new Error('Stopped')
      typed = key === '\b' || key === '\u007f' ? typed.slice(0, -1) : [...typed, key]
    }
  }
  return typed.join('')
}

/**
 * The first line of the standard input, where a secret stands in no history of a shell and in no list of processes. A terminal
 * doesn't show it. Without its line end, but with the blanks around it.
 * @param what What is asked for, such as `key`.
 * @throws {Error} A person has pressed Ctrl+C.
 */
export async function readHiddenLine({ stdin, stderr }: CliContext, what: string): Promise<string> {
  stderr.write(`The ${what}, and Enter: `)
  if (stdin.setRawMode === undefined) return readLine(stdin)
  stdin.setRawMode(true)
  try {
    return await readKeys(stdin)
  } finally {
    stdin.setRawMode(false)
    stderr.write('\n')
  }
}
