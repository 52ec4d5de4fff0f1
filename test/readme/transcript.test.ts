import { spawn, spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import t from 'tap'
import { block } from './readme.js'

/** Starts what the README's run command starts, without installing and building again, in an empty folder. */
async function serve(cwd: string): Promise<{ url: string; stop(): void }> {
  const env = { PATH: process.env.PATH ?? '', HOME: cwd, PORT: '0', MAIL_URL: 'console:' }
  const child = spawn(process.execPath, [resolve('dist/lib/cli/main.js'), 'serve'], { cwd, env })
  let log = ''
  const url = await new Promise<string>((found, failed) => {
    child.on('exit', code => failed(new Error(`the server ended with ${code}: ${log}`)))
    child.stdout.on('data', text => {
      log += text
      const address = /http:\/\/(?:127\.0\.0\.1|localhost):[1-9]\d*/.exec(log)?.[0]
      if (address !== undefined) found(address)
    })
  })
  return { url, stop: () => child.kill() }
}

t.test('the transcript of the README gets the answers that it says', async t => {
  const cwd = t.testdir()
  const server = await serve(cwd)
  t.teardown(server.stop)
  const lines = block('transcript').replaceAll('http://localhost:3000', server.url).split('\n')
  const steps = lines.flatMap((line, index) =>
    line.startsWith('#') ? [{ says: line, command: lines[index + 1] ?? '' }] : [],
  )
  t.equal(steps.length, 6)
  for (const { says, command } of steps) {
    const { stdout, error } = spawnSync('bash', ['-c', `${command} -sS`], { cwd, encoding: 'utf8' })
    t.equal(error, undefined, 'bash and curl are there')
    t.equal(/^HTTP\/1\.1 (\d{3})/.exec(stdout)?.[1], /(\d{3})$/.exec(says)?.[1], says)
  }
})

t.test('the run command of the README is the start script of the package', async t => {
  t.equal(block('run command'), 'npm ci && npm start')
})
