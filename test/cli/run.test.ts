import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import t from 'tap'
import { mainWords } from './fixtures/main-words.js'
import { fastAuthCommand } from './fixtures/shell.js'

const { version } = JSON.parse(readFileSync('package.json', 'utf8'))

for (const flag of ['--version', '-v']) {
  t.test(`${flag} prints the version of the package`, async t => {
    t.same(await fastAuthCommand([flag], t.testdir()), { exitCode: 0, stdout: `${version}\n`, stderr: '' })
  })
}

const mistakes = [
  { words: [], sentence: 'A command is missing', text: /^Usage: fast-auth COMMAND/ },
  { words: [''], sentence: 'A command is missing', text: /^Usage: fast-auth COMMAND/ },
  { words: ['help'], sentence: 'There is no command "help"', text: /^"fast-auth --help" lists the commands/ },
  { words: ['sever'], sentence: 'There is no command "sever". Did you mean "serve"?' },
  { words: ['Serve', '--help'], sentence: 'There is no command "Serve". Did you mean "serve"?' },
  { words: ['create', 'ada@example.com'], sentence: 'There is no command "create". Did you mean "user create"?' },
  { words: ['usr', 'show', 'ada@example.com'], sentence: 'There is no command "usr". Did you mean "user show"?' },
  { words: ['usr'], sentence: 'There is no command "usr". Did you mean "user"?' },
  { words: ['constructor'], sentence: 'There is no command "constructor"' },
  { words: ['user'], sentence: '"user" needs one of its commands', text: /^Usage: fast-auth user COMMAND/ },
  { words: ['user', '--yes'], sentence: '"user" needs one of its commands' },
  {
    words: ['user', 'ban', 'ada@example.com'],
    sentence: 'There is no command "user ban"',
    text: /^"fast-auth user --help" lists the commands/,
  },
  { words: ['user', 'del', 'x'], sentence: 'There is no command "user del". Did you mean "user delete"?' },
  { words: ['--verison'], sentence: 'There is no option --verison. Did you mean "--version"?' },
  { words: ['-x'], sentence: 'There is no option -x', text: /^Usage: fast-auth COMMAND/ },
  { words: ['serve', 'now'], sentence: '"now" is one word too many', text: /^Usage: fast-auth serve\n/ },
  {
    words: ['serve', '--database-url=memory:'],
    sentence: '"serve" has no option --database-url: set the environment variable DATABASE_URL',
  },
  { words: ['secret', '--port', '80'], sentence: '"secret" has no option --port' },
  { words: ['serve', '--constructor'], sentence: '"serve" has no option --constructor' },
  { words: ['serve', '--__proto__'], sentence: '"serve" has no option --__proto__' },
  { words: ['serve', '-x'], sentence: '"serve" has no option -x' },
  {
    words: ['migrate', '--output', 'file'],
    sentence: '"migrate" has no option --output',
    text: /^Usage: fast-auth migrate \[--dry-run\]\n\n"fast-auth migrate --help" explains it/,
  },
  { words: ['migrate', '--dryrun'], sentence: '"migrate" has no option --dryrun. Did you mean "--dry-run"?' },
  { words: ['purge', 'sessions'], sentence: '"sessions" is one word too many' },
  { words: ['openapi', '--type', 'rsa'], sentence: '"openapi" has no option --type' },
  { words: ['revoke-key', 'sk-a', 'sk-b'], sentence: '"sk-b" is one word too many' },
  { words: ['import'], sentence: '"import" needs the argument FILE' },
  { words: ['import', 'a.ndjson', 'b.ndjson'], sentence: '"b.ndjson" is one word too many' },
  { words: ['import', '-', '--output', 'file'], sentence: '"import" has no option --output' },
  { words: ['export', '--dry-run'], sentence: '"export" has no option --dry-run' },
  { words: ['export', 'file'], sentence: '"file" is one word too many' },
  { words: ['user', 'disable'], sentence: '"user disable" needs the argument KEY' },
  {
    words: ['user', 'disable', 'ada@example.com', 'ben@example.com'],
    sentence: '"ben@example.com" is one word too many',
  },
  { words: ['user', 'create'], sentence: '"user create" needs the argument EMAIL' },
  { words: ['user', 'create', 'ada@example.com', 'secret'], sentence: '"secret" is one word too many' },
  { words: ['user', 'show', 'ada@example.com', '--yes'], sentence: '"user show" has no option --yes' },
  { words: ['openapi', '--output'], sentence: "Option '-o, --output <value>' argument missing" },
  { words: ['openapi', '--output', '--help'], sentence: "Option '--output' argument is ambiguous" },
  {
    words: ['migrate', '--dry-run=no'],
    sentence: "Option '--dry-run' does not take an argument",
    text: /^Usage: fast-auth migrate/,
  },
]

for (const { words, sentence, text = /\n$/ } of mistakes) {
  t.test(`"fast-auth ${words.join(' ')}" is refused with a hint on stderr and exit code 2`, async t => {
    const { exitCode, stdout, stderr } = await fastAuthCommand(words, t.testdir())
    const [first = '', second, ...shown] = stderr.split('\n')
    const isWhole = first === `fast-auth: ${sentence}` || (sentence.startsWith('Option') && first.includes(sentence))
    t.ok(isWhole, first)
    t.equal(second, '')
    t.match(shown.join('\n'), text)
    t.same({ exitCode, stdout }, { exitCode: 2, stdout: '' })
  })
}

t.test('a command that fails prints one line without a stack', async t => {
  const env = { DATABASE_URL: 'sqlite:no-such-folder/users.db' }
  const { exitCode, stdout, stderr } = await fastAuthCommand(['migrate'], t.testdir(), env)
  t.match(stderr, /^fast-auth: Cannot open the SQLite file .+: the folder .+ does not exist\n$/)
  t.same({ exitCode, stdout }, { exitCode: 1, stdout: '' })
})

t.test('a reason of several lines becomes one', async t => {
  const env = { DATABASE_URL: 'sqlite:two\nlines/users.db' }
  const { stderr } = await fastAuthCommand(['migrate'], t.testdir(), env)
  t.match(stderr, /^fast-auth: [^\n]+two lines[^\n]+\n$/)
})

t.test('the process ends with the exit code of the command line', async t => {
  const { status, stdout } = spawnSync(process.execPath, [...mainWords, 'sever'], { encoding: 'utf8' })
  t.same({ status, stdout }, { status: 2, stdout: '' })
})

t.test('NODE_DEBUG shows the source of an error', async t => {
  const env = { ...process.env, NODE_DEBUG: 'fast-auth', DATABASE_URL: 'nothing:' }
  const { status, stderr } = spawnSync(process.execPath, [...mainWords, 'migrate'], { encoding: 'utf8', env })
  t.equal(status, 1)
  t.match(stderr, /^FAST-AUTH \d+: Error: DATABASE_URL must be .*\n(?: .*\n)*? +at readDatabase /)
  t.match(stderr, '\nfast-auth: DATABASE_URL must be ')
})
