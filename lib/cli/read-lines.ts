export interface Line {
  /** From 1. */
  readonly number: number
  /** `null`: the line is longer than it may be, and was passed over. */
  readonly bytes: Uint8Array | null
  /** How much was read up to its end. */
  readonly readBytes: number
}

const lineFeed = 0x0a

/** The lines of a stream of bytes. Never more than one line is held, and of a line that is too long not even that. */
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
