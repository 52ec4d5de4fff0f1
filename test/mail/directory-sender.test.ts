import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import PostalMime from 'postal-mime'
import t from 'tap'
import { directorySender } from '../../lib/mail/index.js'
import { message, soon } from './message.js'

t.test('a message is an .eml file that another program reads', async t => {
  const directory = join(t.testdir(), 'made', 'here')
  await directorySender({ directory }).send(message, soon())
  const [name, ...others] = await readdir(directory)
  t.match(name, /^\d{4}-\d\d-\d\dT.*\.eml$/)
  t.same(others, [])
  const { from, to, subject, text, html, messageId } = await PostalMime.parse(
    await readFile(join(directory, `${name}`)),
  )
  t.match(
    { from, to, subject, text, html },
    {
      from: { name: 'Orchard', address: 'no-reply@orchard.example' },
      to: [{ address: 'ada@example.com' }],
      subject: message.subject,
      text: message.text,
      html: message.html,
    },
  )
  t.ok(messageId)
})

t.test('messages are listed in the order in which they were sent', async t => {
  const directory = t.testdir()
  const sender = directorySender({ directory })
  const subjects = Array.from({ length: 20 }, (_, index) => `message ${index}`)
  for (const subject of subjects) await sender.send({ ...message, subject }, soon())
  const names = (await readdir(directory)).sort()
  const mails = await Promise.all(names.map(async name => PostalMime.parse(await readFile(join(directory, name)))))
  t.same(
    mails.map(({ subject }) => subject),
    subjects,
  )
})

t.test('only the owner can read the messages', async t => {
  const directory = join(t.testdir(), 'mail')
  await directorySender({ directory }).send(message, soon())
  const [name] = await readdir(directory)
  t.equal((await stat(directory)).mode & 0o777, 0o700)
  t.equal((await stat(join(directory, `${name}`))).mode & 0o777, 0o600)
})

t.test('a folder that cannot be made is an error, to be tried again', async t => {
  const directory = join(t.testdir(), 'file')
  await writeFile(directory, '')
  const sender = directorySender({ directory: join(directory, 'mail') })
  await t.rejects(sender.send(message, soon()), { code: 'ENOTDIR' })
})
