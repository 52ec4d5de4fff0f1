import t from 'tap'
import { readLines } from '../../lib/cli/read-lines.js'

async function* chunksOf(...texts: readonly string[]) {
  for (const text of texts) yield Buffer.from(text)
}

async function linesOf(texts: readonly string[], maximumBytes = 100) {
  const lines: [number: number, text: string | null, readBytes: number][] = []
  for await (const { number, bytes, readBytes } of readLines(chunksOf(...texts), { maximumBytes })) {
    lines.push([number, bytes === null ? null : Buffer.from(bytes).toString(), readBytes])
  }
  return lines
}

t.test('lines are numbered, however the stream is cut', async t => {
  const lines = [
    [1, 'one', 4],
    [2, '', 5],
    [3, 'thrée', 12],
  ]
  t.strictSame(await linesOf(['one\n\nthrée\n']), lines)
  t.strictSame(await linesOf(['o', 'ne\n', '\nthr', 'ée', '\n', '']), lines)
})

t.test('the last line needs no end', async t => {
  t.strictSame(await linesOf(['one\nt', 'wo']), [
    [1, 'one', 4],
    [2, 'two', 7],
  ])
  t.strictSame(await linesOf([]), [])
  t.strictSame(await linesOf(['']), [])
})

t.test('a line that is too long is passed over, and those behind it are read', async t => {
  t.strictSame(await linesOf(['1234\n12345\n', '123', '45', '6', '\n12', '34\n12345'], 4), [
    [1, '1234', 5],
    [2, null, 11],
    [3, null, 18],
    [4, '1234', 23],
    [5, null, 28],
  ])
})
