import {
  appendFileSync,
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs'
import { dirname } from 'node:path'

/** A file of lines, each of them JSON, that grows at its end and is never changed anywhere else. */
export interface Journal<Line> {
  /** How many lines there are. */
  readonly length: number
  /** Returns when the line is on the disk. After a failure nothing more is written: open the file again. */
  append(line: Line): void
  /** Puts another file in its place, in one step: after a crash there is the old one or the new one. */
  replace(lines: readonly Line[]): void
  close(): void
}

/** For the owner only: addresses and password hashes are in it. */
const mode = 0o600

const toText = (line: unknown) => `${JSON.stringify(line)}\n`

/**
 * The lines of a journal. A crash may have torn the last one: it has no line end then, so nobody was told that it was
 * written, and it is left out.
 */
export function readJournal<Line>(file: string): readonly Line[] {
  if (!existsSync(file)) return []
  const lines = readFileSync(file, 'utf8').split('\n')
  return lines.slice(0, -1).map(line => JSON.parse(line))
}

/** A file that was renamed is there after a power failure once its folder is on the disk too. */
function syncFolder(file: string): void {
  const folder = openSync(dirname(file), 'r')
  fsyncSync(folder)
  closeSync(folder)
}

/** Begins a journal with these lines, in place of the file that is there. */
export function openJournal<Line>(file: string, lines: readonly Line[]): Journal<Line> {
  let length = 0
  let end: number | null = null
  let failure: Error | null = null

  function close(): void {
    if (end !== null) closeSync(end)
    end = null
  }

  function replace(lines: readonly Line[]): void {
    const successor = `${file}.new`
    writeFileSync(successor, lines.map(toText).join(''), { mode, flush: true })
    close()
    renameSync(successor, file)
    syncFolder(file)
    end = openSync(file, 'a', mode)
    length = lines.length
  }

  function append(line: Line): void {
    if (end === null || failure !== null) throw new Error('The journal cannot be written any more', { cause: failure })
    try {
      // flush: fsync. What is not on the disk must not be answered.
      appendFileSync(end, toText(line), { flush: true })
      length += 1
    } catch (cause) {
      failure = new Error('The journal could not be written', { cause })
      throw failure
    }
  }

  replace(lines)
  return {
    get length() {
      return length
    },
    append,
    replace,
    close,
  }
}
