import type { CliContext } from './cli-context.js'

/** Characters. Long enough for any secret with accidental text around it. */
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

/** Reads a line key by key in raw mode, so it must handle Backspace and Ctrl+C itself. */
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
 * Reads the first line of stdin, so that a secret appears neither in the shell history nor in a process list. A terminal
 * does not display it. Removes the line end and keeps other whitespace.
 * @param what The name of the value in the prompt, such as `key`.
 * @throws {Error} The user has pressed Ctrl+C.
 */
export async function readHiddenLine({ stdin, stderr }: CliContext, what: string): Promise<string> {
  stderr.write(`Type the ${what} and press Enter: `)
  if (stdin.setRawMode === undefined) return readLine(stdin)
  stdin.setRawMode(true)
  try {
    return await readKeys(stdin)
  } finally {
    stdin.setRawMode(false)
    stderr.write('\n')
  }
}
