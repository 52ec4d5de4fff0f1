import t from 'tap'
import { consoleSender } from '../../lib/mail/index.js'
import { message, soon } from './message.js'

t.test('a message is printed so that its link can be followed', async t => {
  const written: string[] = []
  await consoleSender({ write: text => written.push(text) }).send(message, soon())
  const text = written.join('')
  for (const line of [`From: ${message.from}`, `To: ${message.to}`, `Subject: ${message.subject}`]) {
    t.ok(text.split('\n').includes(line), line)
  }
  t.ok(text.includes(message.text))
})

t.test('a message is printed to standard output by default', async t => {
  const write = process.stdout.write.bind(process.stdout)
  const output = t.capture(process.stdout, 'write', (text: string) => write(text))
  await consoleSender().send(message, soon())
  const printed = output().map(({ args }) => String(args[0]))
  t.ok(printed.some(text => text.includes(`To: ${message.to}\n`)))
})
