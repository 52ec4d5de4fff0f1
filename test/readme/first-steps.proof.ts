import { readFileSync } from 'node:fs'
import t from 'tap'
import { postgresServer } from '../support/database-server.js'
import { followInFolder } from './fixtures/follow-in-folder.js'
import { type Step, taskOf, tasks } from './fixtures/tutorial.js'

const postgres = await postgresServer()
const text = readFileSync('docs/first-steps.md', 'utf8')

const isCommand = (line: string) => line !== '' && !line.startsWith('#')
const count = (steps: readonly Step[], kinds: readonly string[], counts: (line: string) => boolean) =>
  steps.filter(({ kind }) => kinds.includes(kind)).flatMap(({ code }) => code.split('\n').filter(counts)).length

t.test('each task takes as many commands and lines as it says', async t => {
  t.equal(tasks(text).length, 5)
  for (const task of tasks(text)) {
    const { title, commands, lines, steps } = taskOf(task)
    t.equal(count(steps, ['run', 'start'], isCommand), commands, `commands: ${title}`)
    t.equal(
      count(steps, ['file', 'above', 'instead of'], line => line !== ''),
      lines,
      `lines: ${title}`,
    )
  }
})

t.test('the tasks, followed one after another, have the documented results', { skip: postgres.missing }, async t => {
  const follow = await followInFolder(t, { 'postgres://localhost/app': await postgres.createDatabase(t) })
  for (const task of tasks(text)) {
    const { title, steps } = taskOf(task)
    t.comment(title)
    for (const step of steps) await follow(step)
  }
})
