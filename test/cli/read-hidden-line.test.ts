import { Readable } from 'node:stream'
import t from 'tap'
import { readHiddenLine } from '../../lib/cli/read-hidden-line.js'
import { shell } from './fixtures/shell.js'

/** A terminal on which these keys are pressed, byte by byte, and which notes whether it shows them. */
function terminal(keys: string) {
  const modes: boolean[] = []
  const bytes = [...Buffer.from(keys)].map(byte => Buffer.of(byte))
  const stdin = Object.assign(Readable.from(bytes), { setRawMode: (isRaw: boolean) => modes.push(isRaw) })
  return { stdin, modes }
}

const lines = {
  'correct horse\r': 'correct horse',
  'correct horse\nbattery': 'correct horse',
  'without an end': 'without an end',
  ' blanks stay \r': ' blanks stay ',
  'hörse 😀\r': 'hörse 😀',
  'corrd\u007fect hö\u007forse\r': 'correct horse',
  '\b\u007fx😀\by\r': 'xy',
}

for (const [keys, line] of Object.entries(lines)) {
  t.test(
    `on a terminal ${JSON.stringify(keys)} is read as ${JSON.stringify(line)}, and nothing of it is shown`,
    async t => {
      const { stdin, modes } = terminal(keys)
      const { context, stdout, stderr } = shell(t.testdir(), {}, { stdin })
      t.equal(await readHiddenLine(context, 'password'), line)
      t.strictSame([modes, stdout(), stderr()], [[true, false], '', 'Type the password and press Enter: \n'])
    },
  )
}

t.test('on a terminal Ctrl+C stops, and the terminal shows again what is typed', async t => {
  const { stdin, modes } = terminal('corr\u0003ect\r')
  const { context, stderr } = shell(t.testdir(), {}, { stdin })
  await t.rejects(readHiddenLine(context, 'password'), new Error('Stopped'))
  t.strictSame([modes, stderr()], [[true, false], 'Type the password and press Enter: \n'])
})

t.test('piped input is read unchanged up to the first line end, also if a character arrives in two chunks', async t => {
  const bytes = Buffer.from(' hö\u007frse \r\nbattery\n')
  const stdin = Readable.from([bytes.subarray(0, 3), bytes.subarray(3)])
  const { context, stderr } = shell(t.testdir(), {}, { stdin })
  t.equal(await readHiddenLine(context, 'key'), ' hö\u007frse ')
  t.equal(stderr(), 'Type the key and press Enter: ')
})
