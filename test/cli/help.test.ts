import t from 'tap'
import { commands } from '../../lib/cli/commands.js'
import { readCommandLine } from '../../lib/cli/read-command-line.js'
import { fastAuthCommand } from './fixtures/shell.js'

const names = [...commands.keys()]

for (const flag of ['--help', '-h']) {
  t.test(`${flag} prints every command with its argument and its summary on stdout`, async t => {
    const { exitCode, stdout, stderr } = await fastAuthCommand([flag], t.testdir())
    t.match(stdout, /^Usage: fast-auth COMMAND\n/)
    const text = stdout.replaceAll(/\s+/g, ' ')
    for (const [name, { summary, argument }] of commands) {
      const value = argument?.isOptional ? `[${argument.value}]` : argument?.value
      t.match(text, ` ${[name, value, summary].filter(Boolean).join(' ')} `)
    }
    t.same({ exitCode, stderr }, { exitCode: 0, stderr: '' })
  })
}

for (const [name, { summary, argument, options = {}, variables = [], example }] of commands) {
  t.test(`"${name} --help" prints the usage, the argument, the options, the variables and the example`, async t => {
    const { exitCode, stdout, stderr } = await fastAuthCommand([...name.split(' '), '--help'], t.testdir())
    t.match(stdout, `Usage: fast-auth ${name}`)
    const text = stdout.replaceAll(/\s+/g, ' ')
    t.match(text, `${summary}.`)
    if (argument !== undefined) t.match(text.replaceAll(/[[\]]/g, ''), `${argument.value} ${argument.meaning}`)
    for (const [option, meaning] of Object.entries(options)) {
      t.match(stdout, new RegExp(`^Usage: .+\\[--${option}[ \\]]`))
      t.match(
        text.replaceAll(/ (FILE|NAME|TYPE|N) /g, ' '),
        `--${option} ${meaning.replaceAll(/ (FILE|NAME|TYPE|N) /g, ' ')}`,
      )
    }
    for (const variable of variables) t.match(text, new RegExp(`[ :]${variable}[, ]`))
    t.ok(stdout.endsWith(`\nExample:\n  ${example}\n`))
    t.same({ exitCode, stderr }, { exitCode: 0, stderr: '' })
  })

  t.test(`the example of "${name}" is a command line that it accepts`, async t => {
    const [program, ...words] = example.split(' ')
    const line = readCommandLine(words)
    t.equal(program, 'fast-auth')
    t.equal(line.kind, 'command')
    t.equal(line.kind === 'command' && line.command, commands.get(name))
  })

  t.test(`the sentences about "${name}" begin with a capital letter and have no full stop of their own`, async t => {
    for (const sentence of [summary, ...Object.values(options), ...(argument ? [argument.meaning] : [])]) {
      t.match(sentence, /^\S.*[^.]$/)
    }
    t.match(summary, /^[A-Z]/)
  })
}

t.test('"user --help" lists the commands on users alone', async t => {
  const { exitCode, stdout } = await fastAuthCommand(['user', '--help'], t.testdir())
  t.match(stdout, /^Usage: fast-auth user COMMAND\n/)
  const listed = [...stdout.matchAll(/^ {2}([a-z][a-z -]*[a-z])/gm)].map(([, name]) => name)
  t.same(
    listed.filter(name => names.includes(String(name))),
    names.filter(name => name.startsWith('user ')),
  )
  t.notMatch(stdout, 'migrate')
  t.equal(exitCode, 0)
})

t.test('help wins over a mistake in the words behind the command', async t => {
  const { exitCode, stdout } = await fastAuthCommand(['import', 'a', 'b', '--port', '-h'], t.testdir())
  t.match(stdout, /^Usage: fast-auth import FILE/)
  t.equal(exitCode, 0)
})

t.test('no line of a help has more than 80 columns, usages aside', async t => {
  for (const words of [[], ['user'], ...names.map(name => name.split(' '))]) {
    const { stdout } = await fastAuthCommand([...words, '--help'], t.testdir())
    for (const line of stdout.split('\n').slice(1)) t.ok(line.length <= 80, line)
  }
})
