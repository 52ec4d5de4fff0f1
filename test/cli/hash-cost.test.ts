import { createRequire } from 'node:module'
import t from 'tap'
import { isHasherSetting } from '../../lib/hashing/hasher-setting.js'
import { fastAuthCommand } from './fixtures/shell.js'

/** The settings that were printed, by hasher. */
function settingsIn(stdout: string): Record<string, string> {
  const settings = stdout.match(/(?<=^PASSWORD_HASHER=)\S+/gm) ?? []
  return Object.fromEntries(settings.map(setting => [setting.split(':')[0], setting]))
}

for (const target of ['10', '250', '5000']) {
  t.test(`for ${target} ms, hash-cost prints a setting that is accepted for each hasher, with its time`, async t => {
    const { exitCode, stdout } = await fastAuthCommand(['hash-cost', '--target-ms', target], t.testdir())
    t.equal(exitCode, 0)
    const [title, ...lines] = stdout.trim().split('\n')
    t.equal(title, `For one hash to take at most ${target} ms on this machine, set one of:`)
    t.equal(lines.length, 3)
    for (const line of lines) {
      t.match(line, /^PASSWORD_HASHER=\S+ +(about )?\d+ ms(, the cheapest setting allowed)?$/)
    }
    const settings = settingsIn(stdout)
    t.strictSame(Object.keys(settings), ['bcrypt', 'argon2id', 'scrypt'])
    for (const setting of Object.values(settings)) t.ok(isHasherSetting(setting), setting)
  })
}

t.test('a target of 10 ms is too short for any machine: the least that is allowed is printed', async t => {
  const { stdout } = await fastAuthCommand(['hash-cost', '--target-ms', '10'], t.testdir())
  t.hasStrict(settingsIn(stdout), { bcrypt: 'bcrypt:10', scrypt: 'scrypt:ln=17,r=8,p=1' })
  t.match(stdout, /bcrypt:10 +\d+ ms, the cheapest setting allowed/)
})

t.test('a hash longer than a second is estimated and not measured', async t => {
  const { stdout } = await fastAuthCommand(['hash-cost', '--target-ms', '5000'], t.testdir())
  t.match(stdout, /^PASSWORD_HASHER=bcrypt:1[1-6] +about \d{4} ms$/m)
})

t.test('without a target it is 250 ms', async t => {
  const { stdout } = await fastAuthCommand(['hash-cost'], t.testdir())
  t.match(stdout, /^For one hash to take at most 250 ms/)
})

t.test(
  'a hasher that does not work here is named with the reason, and the others are measured all the same',
  async t => {
    const argon2: typeof import('@node-rs/argon2') = createRequire(import.meta.url)('@node-rs/argon2')
    t.intercept(argon2, 'hashRaw', { value: () => Promise.reject(new Error('illegal instruction')) })
    const { exitCode, stdout } = await fastAuthCommand(['hash-cost', '--target-ms', '10'], t.testdir())
    t.equal(exitCode, 0)
    t.match(stdout, /^argon2id: illegal instruction$/m)
    t.strictSame(Object.keys(settingsIn(stdout)), ['bcrypt', 'scrypt'])
  },
)

for (const target of ['9', '10001', '0', '-250', '1e3', '250ms', '2.5', '', '999999']) {
  t.test(`hash-cost refuses the target ${JSON.stringify(target)} with a sentence`, async t => {
    t.strictSame(await fastAuthCommand(['hash-cost', `--target-ms=${target}`], t.testdir()), {
      exitCode: 1,
      stdout: '',
      stderr: 'fast-auth: --target-ms must be a whole number from 10 to 10000\n',
    })
  })
}

t.test('no other command has a target', async t => {
  const { exitCode, stderr } = await fastAuthCommand(['secret', '--target-ms', '250'], t.testdir())
  t.equal(exitCode, 2)
  t.match(stderr, /^fast-auth: "secret" has no option --target-ms\n/)
})
