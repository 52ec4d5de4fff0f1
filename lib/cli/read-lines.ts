export interface Line {
  /** Starts at 1. */
  readonly number: number
  /** `null` if the line is too long and was skipped. */
  readonly bytes: Uint8Array | null
  /** The number of bytes up to the end of the line. */
  readonly readBytes: number
}

const lineFeed = 0x0a

/** Yields the lines of a byte stream. Holds at most one line in memory, and none that is too long. */
export async function* readLines(
  chunks: AsyncIterable<Uint8Array>,
  { maximumBytes }: { readonly maximumBytes: number },
): AsyncGenerator<Line> {
  let parts: Uint8Array[] = []
  let length = 0
  let number = 1
  let readBytes = 0

  function add(part: Uint8Array): void {
    length += part.length
    readBytes += part.length
    if (length > maximumBytes) parts = []
    else parts.push(part)
  }

  function take(): Line {
    const line = { number, bytes: length > maximumBytes ? null : Buffer.concat(parts), readBytes }
    parts = []
    length = 0
    number += 1
    return line
  }

  for await (const chunk of chunks) {
    let rest = chunk
    for (let end = rest.indexOf(lineFeed); end >= 0; end = rest.indexOf(lineFeed)) {
      add(rest.subarray(0, end))
      readBytes += 1
      yield take()
      rest = rest.subarray(end + 1)
    }
    add(rest)
  }
  if (length > 0) yield take()
}
