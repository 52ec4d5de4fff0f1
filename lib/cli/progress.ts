import type { CliContext } from './cli-context.js'

const barWidth = 30
const linesPerPaint = 100
const linesPerMessage = 10_000
const clearLine = '\r\u001b[K'

export interface Progress {
  /** Reports how many items are done. `share` is the fraction from 0 to 1, or `null` if the total is unknown. */
  at(done: number, share: number | null): void
  /** Prints a line above the bar. */
  say(sentence: string): void
  /** Removes the bar. */
  end(): void
}

/** Formats a count with thousands separators: 12,345. */
export function grouped(count: number): string {
  return count.toLocaleString('en-US')
}

function bar(share: number): string {
  const filled = Math.round(share * barWidth)
  return `[${'#'.repeat(filled)}${'-'.repeat(barWidth - filled)}] ${Math.floor(share * 100)} % `
}

/** Shows progress on stderr: a bar on a terminal, otherwise one line per 10,000 items. */
export function createProgress({ stderr }: Pick<CliContext, 'stderr'>, what: string): Progress {
  const isTerminal = stderr.isTTY === true
  let painted = ''

  function paint(text: string): void {
    painted = text
    stderr.write(clearLine + text)
  }

  return {
    at(done, share) {
      const count = `${grouped(done)} ${what}`
      if (isTerminal && done % linesPerPaint === 0) paint((share === null ? '' : bar(share)) + count)
      if (!isTerminal && done % linesPerMessage === 0) {
        stderr.write(share === null ? `${count}\n` : `${count}, ${Math.floor(share * 100)} %\n`)
      }
    },
    say(sentence) {
      stderr.write(`${painted === '' ? '' : clearLine}${sentence}\n${painted}`)
    },
    end() {
      if (painted !== '') paint('')
    },
  }
}
