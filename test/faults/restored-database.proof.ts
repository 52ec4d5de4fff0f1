import { copyFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import Libsql from 'libsql'
import t, { type Test } from 'tap'
import { generationOf, get, refresh, signUp } from './fixtures/auth-client.js'
import { type ServerProcess, startServer } from './fixtures/server-process.js'

interface Backup {
  /** Takes the backup; the server that runs afterwards. */
  take(t: Test, server: ServerProcess, file: string, copy: string): Promise<ServerProcess>
}

/** SQLite's own copy of a database that is in use. */
const live: Backup = {
  async take(_t, server, file, copy) {
    const database = new Libsql(file)
    database.exec(`vacuum into '${copy}'`)
    database.close()
    return server
  },
}

/** The file of a stopped server, which is complete without its companions. */
const cold: Backup = {
  async take(t, server, file, copy) {
    await server.stop()
    copyFileSync(file, copy)
    return startServer(t, `sqlite:${file}`)
  },
}

for (const [name, backup] of Object.entries({ live, cold })) {
  t.test(`a session that was refreshed after a ${name} backup goes on when the backup is put back`, async t => {
    const file = join(t.testdir({}), 'auth.db')
    const copy = `${file}.copy`
    const first = await startServer(t, `sqlite:${file}`)
    const signedUp = await signUp(first.url)
    const beforeBackup = await refresh(first.url, signedUp.tokens.refreshToken)

    const second = await backup.take(t, first, file, copy)
    const lost = await refresh(second.url, beforeBackup.tokens.refreshToken)
    const newest = await refresh(second.url, lost.tokens.refreshToken)
    t.same(
      [beforeBackup, lost, newest].map(({ tokens }) => generationOf(tokens)),
      [1, 2, 3],
    )

    await second.kill()
    for (const companion of ['-wal', '-shm']) rmSync(file + companion, { force: true })
    copyFileSync(copy, file)
    const { url } = await startServer(t, `sqlite:${file}`)
    const goneOn = await refresh(url, newest.tokens.refreshToken)
    t.equal(goneOn.status, 200, 'a generation that is ahead of the database ends no session')
    t.equal(generationOf(goneOn.tokens), 4)
    const repeated = await refresh(url, newest.tokens.refreshToken)
    t.equal(repeated.tokens.refreshToken, goneOn.tokens.refreshToken, 'with one successor')
    t.equal((await get(url, '/auth/me', goneOn.tokens.accessToken)).status, 200)
  })
}
