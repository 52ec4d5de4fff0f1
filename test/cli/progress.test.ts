import t from 'tap'
import { createProgress } from '../../lib/cli/progress.js'

function progressOn(isTTY: boolean | undefined, what = 'lines') {
  const written: string[] = []
  const stderr = { write: (text: string) => written.push(text), ...(isTTY === undefined ? {} : { isTTY }) }
  return { ...createProgress({ stderr }, what), written }
}

t.test('on a terminal a bar is painted over, and taken away at the end', async t => {
  const { at, end, written } = progressOn(true)
  at(1, 0.001)
  at(100, 0.25)
  at(150, 0.4)
  at(12_300, 1)
  end()
  t.strictSame(written, [
    '\r\u001b[K[########----------------------] 25 % 100 lines',
    '\r\u001b[K[##############################] 100 % 12,300 lines',
    '\r\u001b[K',
  ])
})

t.test('if the total is unknown, the progress is a count', async t => {
  const { at, written } = progressOn(true, 'users')
  at(500, null)
  t.strictSame(written, ['\r\u001b[K500 users'])
})

t.test('a sentence stands above the bar', async t => {
  const { at, say, end, written } = progressOn(true)
  say('First.')
  at(100, 0.5)
  say('Second.')
  end()
  end()
  const bar = '[###############---------------] 50 % 100 lines'
  t.strictSame(written, ['First.\n', `\r\u001b[K${bar}`, `\r\u001b[KSecond.\n${bar}`, '\r\u001b[K'])
})

for (const isTTY of [false, undefined]) {
  t.test(`on a log there is a line now and then (${isTTY})`, async t => {
    const { at, say, end, written } = progressOn(isTTY)
    for (let done = 1; done <= 20_000; done += 1) at(done, done / 40_000)
    say('A sentence.')
    at(30_000, null)
    end()
    t.strictSame(written, ['10,000 lines, 25 %\n', '20,000 lines, 50 %\n', 'A sentence.\n', '30,000 lines\n'])
  })
}
