import type { CliContext } from './cli-context.js'

const barWidth = 30
const linesPerPaint = 100
const linesPerMessage = 10_000
const clearLine = '\r\u001b[K'

export interface Progress {
  /** So many are done; `share`, from 0 to 1, of the whole, or `null` where nobody knows how much there is. */
  at(done: number, share: number | null): void
  /** A line of its own, above the bar. */
  say(sentence: string): void
  /** Takes the bar away. */
  end(): void
}

/** 12,345 */
export function grouped(count: number): string {
  return count.toLocaleString('en-US')
}

function bar(share: number): string {
  const filled = Math.round(share * barWidth)
  return `[${'#'.repeat(filled)}${'-'.repeat(barWidth - filled)}] ${Math.floor(share * 100)} % `
}

/** On a terminal a bar that is painted over, elsewhere a line now and then. Both on stderr. */
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
