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

/** An append-only file with one JSON text per line. */
export interface Journal<Line> {
  /** Number of lines. */
  readonly length: number
  /** Returns once the line is on the disk. After a failure, every write throws: reopen the file. */
  append(line: Line): void
  /** Replaces the file in one step: after a crash, either the old or the new file exists. */
  replace(lines: readonly Line[]): void
  close(): void
}

/** Only the owner may read it: it contains addresses and password hashes. */
const mode = 0o600

const toText = (line: unknown) => `${JSON.stringify(line)}\n`

/**
 * Reads the lines of a journal. Skips an incomplete last line, which a crash may leave: it has no line end, so its write was
 * never acknowledged.
 */
export function readJournal<Line>(file: string): readonly Line[] {
  if (!existsSync(file)) return []
  const lines = readFileSync(file, 'utf8').split('\n')
  return lines.slice(0, -1).map(line => JSON.parse(line))
}

/** Syncs the folder: otherwise a power failure may undo the rename of a file in it. */
function syncFolder(file: string): void {
  const folder = openSync(dirname(file), 'r')
  fsyncSync(folder)
  closeSync(folder)
}

/** Creates a journal with these lines, replacing an existing file. */
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
      // flush: fsync. An answer must not precede the write to the disk.
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
