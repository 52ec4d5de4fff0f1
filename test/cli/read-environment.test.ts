import t from 'tap'
import { readEnvironment } from '../../lib/cli/read-environment.js'
import { shell } from './fixtures/shell.js'

const read = (folder: string, env: Readonly<Record<string, string>> = {}) => readEnvironment(shell(folder, env).context)

t.test('variables that mean something to fast-auth are read, and others are not', async t => {
  t.same(read(t.testdir(), { HOST: '::1', PORT: '80', PATH: '/bin' }), { HOST: '::1', PORT: '80' })
})

t.test('the file .env in the working directory is read', async t => {
  const folder = t.testdir({ '.env': '# for the laptop\r\nHOST=::1\r\nJWT_ISS="two words"\r\nOTHER=1\r\n' })
  t.same(read(folder), { HOST: '::1', JWT_ISS: 'two words' })
})

t.test('a variable of the process wins over the file', async t => {
  t.same(read(t.testdir({ '.env': 'HOST=::1\nPORT=80' }), { PORT: '81' }), { HOST: '::1', PORT: '81' })
})

t.test('an empty variable counts as not set', async t => {
  t.same(read(t.testdir({ '.env': 'HOST=\n' }), { PORT: '', JWT_ISS: '  ' }), {})
})

t.test('space around a value is dropped', async t => {
  t.same(read(t.testdir(), { HOST: ' ::1\n' }), { HOST: '::1' })
})

t.test('the environment of the process is left as it is', async t => {
  const env = { HOST: ' ::1 ', PATH: '/bin' }
  read(t.testdir(), env)
  t.same(env, { HOST: ' ::1 ', PATH: '/bin' })
})

t.test('an .env that cannot be read is refused', async t => {
  t.throws(() => read(t.testdir({ '.env': {} })), { message: /^Cannot read the file .+\.env: EISDIR/ })
})
