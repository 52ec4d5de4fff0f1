import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import t from 'tap'
import { mainWords } from './fixtures/main-words.js'
import { fastAuthCommand } from './fixtures/shell.js'

const { version } = JSON.parse(readFileSync('package.json', 'utf8'))

for (const flag of ['--help', '-h']) {
  t.test(`${flag} prints the commands on stdout`, async t => {
    const { exitCode, stdout, stderr } = await fastAuthCommand(['serve', flag], t.testdir())
    t.match(stdout, /^Usage: fast-auth <command>/)
    for (const command of [
      'serve',
      'migrate',
      'import',
      'export',
      'user create EMAIL',
      'user show KEY',
      'user disable KEY',
      'user enable KEY',
      'user end-sessions KEY',
      'user confirm KEY',
      'user delete KEY --yes',
      'openapi',
      'secret',
      'hash-cost',
      'purge',
      'revoke-key',
    ])
      t.match(stdout, new RegExp(`^  ${command}`, 'm'))
    t.same({ exitCode, stderr }, { exitCode: 0, stderr: '' })
  })
}

for (const flag of ['--version', '-v']) {
  t.test(`${flag} prints the version of the package`, async t => {
    t.same(await fastAuthCommand([flag], t.testdir()), { exitCode: 0, stdout: `${version}\n`, stderr: '' })
  })
}

const misunderstood = [
  { words: [], sentence: 'A command is missing' },
  { words: ['sever'], sentence: 'There is no command "sever"' },
  { words: ['serve', 'now'], sentence: '"now" is one word too many' },
  { words: ['migrate', '--output', 'file'], sentence: '"migrate" has no option --output' },
  { words: ['purge', 'sessions'], sentence: '"sessions" is one word too many' },
  { words: ['openapi', '--type', 'rsa'], sentence: '"openapi" has no option --type' },
  { words: ['revoke-key', 'sk-a', 'sk-b'], sentence: '"sk-b" is one word too many' },
  { words: ['serve', '--port', '80'], sentence: "Unknown option '--port'" },
  { words: ['import'], sentence: '"import" needs a file, or - for stdin' },
  { words: ['import', 'a.ndjson', 'b.ndjson'], sentence: '"b.ndjson" is one word too many' },
  { words: ['import', '-', '--output', 'file'], sentence: '"import" has no option --output' },
  { words: ['export', '--dry-run'], sentence: '"export" has no option --dry-run' },
  { words: ['export', 'file'], sentence: '"file" is one word too many' },
  { words: ['user'], sentence: 'There is no command "user"' },
  { words: ['user', 'ban', 'ada@example.com'], sentence: 'There is no command "user ban"' },
  { words: ['user', 'disable'], sentence: '"user disable" needs an address or an id' },
  {
    words: ['user', 'disable', 'ada@example.com', 'ben@example.com'],
    sentence: '"ben@example.com" is one word too many',
  },
  { words: ['user', 'create'], sentence: '"user create" needs an address' },
  { words: ['user', 'create', 'ada@example.com', 'secret'], sentence: '"secret" is one word too many' },
  { words: ['user', 'show', 'ada@example.com', '--yes'], sentence: '"user show" has no option --yes' },
  { words: ['openapi', '--output'], sentence: "Option '-o, --output <value>' argument missing" },
]

for (const { words, sentence } of misunderstood) {
  t.test(`"fast-auth ${words.join(' ')}" is answered with the usage on stderr and exit code 2`, async t => {
    const { exitCode, stdout, stderr } = await fastAuthCommand(words, t.testdir())
    const [first = '', second, third] = stderr.split('\n')
    t.ok(first.startsWith(`fast-auth: ${sentence}`), first)
    t.same([second, third], ['', 'Usage: fast-auth <command>'])
    t.same({ exitCode, stdout }, { exitCode: 2, stdout: '' })
  })
}

t.test('a command that fails is told in one line without a stack', async t => {
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

t.test(
  'the process ends with the exit code of the command, and NODE_DEBUG shows where an error comes from',
  async t => {
    const main = [...mainWords, 'sever']
    const env = { ...process.env, NODE_DEBUG: 'fast-auth' }
    const { status, stdout, stderr } = spawnSync(process.execPath, main, { encoding: 'utf8', env })
    t.same({ status, stdout }, { status: 2, stdout: '' })
    t.match(stderr, /^FAST-AUTH \d+: Error: There is no command "sever"\n +at readWords /)
    t.match(stderr, '\nfast-auth: There is no command "sever"\n')
  },
)
