import { copyFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import Libsql from 'libsql'
import t, { type Test } from 'tap'
import { generationOf, get, post, refresh, send, sessionOf, signUp } from './fixtures/auth-client.js'
import { startCodeServer } from './fixtures/code-client.js'
import { invite, signUpInvited } from './fixtures/invited-member.js'
import { startOrganizationServer } from './fixtures/organization-server.js'
import { roleIn } from './fixtures/organization-servers.js'
import { passkeyOwner, passkeys } from './fixtures/passkey-owner.js'
import { protectAccount } from './fixtures/protected-account.js'
import { providerClient } from './fixtures/provider-client.js'
import { linkedUser, totalOf, visitOf } from './fixtures/provider-steps.js'
import { type ServerProcess, startServer } from './fixtures/server-process.js'

const options = { secondFactor: 'offered', passkeys } as const

interface Backup {
  /** Takes the backup; the server that runs afterwards. */
  take(
    t: Test,
    server: ServerProcess,
    file: string,
    copy: string,
    again?: () => Promise<ServerProcess>,
  ): Promise<ServerProcess>
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
  async take(t, server, file, copy, again = () => startServer(t, `sqlite:${file}`, options)) {
    await server.stop()
    copyFileSync(file, copy)
    return again()
  },
}

async function putBack(server: ServerProcess, file: string, copy: string): Promise<void> {
  await server.kill()
  for (const companion of ['-wal', '-shm']) rmSync(file + companion, { force: true })
  copyFileSync(copy, file)
}

for (const [name, backup] of Object.entries({ live, cold })) {
  t.test(`a session that was refreshed after a ${name} backup goes on when the backup is put back`, async t => {
    const file = join(t.testdir({}), 'auth.db')
    const copy = `${file}.copy`
    const first = await startServer(t, `sqlite:${file}`, options)
    const signedUp = await signUp(first.url)
    const beforeBackup = await refresh(first.url, signedUp.tokens.refreshToken)

    const second = await backup.take(t, first, file, copy)
    const lost = await refresh(second.url, beforeBackup.tokens.refreshToken)
    const newest = await refresh(second.url, lost.tokens.refreshToken)
    t.same(
      [beforeBackup, lost, newest].map(({ tokens }) => generationOf(tokens)),
      [1, 2, 3],
    )

    await putBack(second, file, copy)
    const { url } = await startServer(t, `sqlite:${file}`, options)
    const goneOn = await refresh(url, newest.tokens.refreshToken)
    t.equal(goneOn.status, 200, 'a generation that is ahead of the database ends no session')
    t.equal(generationOf(goneOn.tokens), 4)
    const repeated = await refresh(url, newest.tokens.refreshToken)
    t.equal(repeated.tokens.refreshToken, goneOn.tokens.refreshToken, 'with one successor')
    t.equal((await get(url, '/auth/me', goneOn.tokens.accessToken)).status, 200)
  })

  // The database no longer knows what was used after the backup. Of a code, that matters for the seconds in which it is good.
  t.test(
    `a second factor that was used after a ${name} backup is good once more when the backup is put back`,
    async t => {
      const file = join(t.testdir({}), 'auth.db')
      const copy = `${file}.copy`
      const first = await startServer(t, `sqlite:${file}`, options)
      const account = await protectAccount(first.url, 'protected@example.com')
      const { code, firstCode, recoveryCodes } = account
      const [usedBefore, usedAfter] = recoveryCodes
      t.equal((await account.complete(first.url, { recoveryCode: usedBefore })).status, 200)

      const second = await backup.take(t, first, file, copy)
      const usedLater = [{ code }, { recoveryCode: usedAfter }]
      for (const secondFactor of usedLater) t.equal((await account.complete(second.url, secondFactor)).status, 200)
      await putBack(second, file, copy)
      const { url } = await startServer(t, `sqlite:${file}`, options)
      for (const secondFactor of usedLater) {
        t.equal((await account.complete(url, secondFactor)).status, 200, 'once')
        t.equal((await account.complete(url, secondFactor)).status, 401, 'and not twice')
      }
      for (const secondFactor of [{ code: firstCode }, { recoveryCode: usedBefore }])
        t.equal((await account.complete(url, secondFactor)).status, 401, 'what was used before the backup stays used')
    },
  )

  // The database no longer knows which challenges were spent after the backup. That matters for the five minutes of their life.
  t.test(`a use of a passkey after a ${name} backup is good once more when the backup is put back`, async t => {
    const file = join(t.testdir({}), 'auth.db')
    const copy = `${file}.copy`
    const first = await startServer(t, `sqlite:${file}`, options)
    const owner = await passkeyOwner(first.url, 'passkey@example.com')
    const usedBefore = await owner.use(first.url)
    t.equal((await owner.signIn(first.url, usedBefore)).status, 200)

    const second = await backup.take(t, first, file, copy)
    const usedAfter = await owner.use(second.url)
    t.equal((await owner.signIn(second.url, usedAfter)).status, 200)
    const addedAfter = await passkeyOwner(second.url, 'later@example.com')
    const lost = await addedAfter.use(second.url)
    await putBack(second, file, copy)
    const { url } = await startServer(t, `sqlite:${file}`, options)
    t.equal((await owner.signIn(url, usedAfter)).status, 200, 'once')
    t.equal((await owner.signIn(url, usedAfter)).status, 401, 'and not twice')
    t.equal((await owner.signIn(url, usedBefore)).status, 401, 'what was used before the backup stays used')
    t.equal((await owner.signIn(url, lost)).status, 401, 'a passkey from after the backup is unknown')
    t.equal((await owner.signIn(url, await owner.use(url))).status, 200)
  })

  // The database no longer knows which codes were consumed after the backup. That matters for the ten minutes of their life.
  t.test(
    `a mailed code that was used after a ${name} backup is good once more when the backup is put back`,
    async t => {
      const file = join(t.testdir({}), 'auth.db')
      const copy = `${file}.copy`
      const { server: first, codes, again } = await startCodeServer(t, `sqlite:${file}`)
      const usedBefore = await codes.request(first.url, 'before@example.com')
      t.equal((await codes.signIn(first.url, usedBefore)).status, 201)
      const usedAfter = await codes.request(first.url, 'after@example.com')

      const second = await backup.take(t, first, file, copy, again)
      t.equal((await codes.signIn(second.url, usedAfter)).status, 201)
      const lost = await codes.request(second.url, 'lost@example.com')
      await putBack(second, file, copy)
      const { url } = await again()
      t.equal((await codes.signIn(url, usedAfter)).status, 201, 'the account is created once more')
      await codes.isWhole(t, url, usedAfter)
      t.equal((await codes.signIn(url, usedBefore)).status, 401, 'what was used before the backup stays used')
      t.equal((await codes.signIn(url, lost)).status, 401, 'a code from after the backup is unknown')
      t.equal((await codes.signIn(url, await codes.request(url, lost.email))).status, 201)
    },
  )

  // The database no longer knows which callbacks were visited after the backup. The provider refuses their codes.
  t.test(`a sign-in with a provider after a ${name} backup can begin again when the backup is put back`, async t => {
    const file = join(t.testdir({}), 'auth.db')
    const copy = `${file}.copy`
    const client = await providerClient(t)
    const again = () => startServer(t, `sqlite:${file}`, {}, { provider: client.settings })
    const approved = (url: string, email: string) => client.approve(url, { sub: email, email, email_verified: true })
    const first = await again()
    const usedBefore = await approved(first.url, 'before@example.com')
    const { tokens } = await visitOf(client, first.url, usedBefore)
    const usedAfter = await approved(first.url, 'after@example.com')

    const second = await backup.take(t, first, file, copy, again)
    t.equal((await visitOf(client, second.url, usedAfter)).fragment, '')
    await putBack(second, file, copy)
    const { url } = await again()
    const repeated = await visitOf(client, url, usedBefore)
    t.equal(sessionOf(repeated.tokens).sid, sessionOf(tokens).sid, 'a callback from before has the same session')
    t.equal((await visitOf(client, url, usedAfter)).fragment, 'error=FAST_AUTH_PROVIDER_ANSWER_INVALID')
    const goneOn = await visitOf(client, url, await approved(url, 'after@example.com'))
    t.equal(await totalOf(url, 'sessions', goneOn.tokens.accessToken), 1, 'the account is created once more')
    t.equal(await totalOf(url, 'identities', goneOn.tokens.accessToken), 1)
  })

  // The database no longer knows what happened to members after the backup.
  t.test(`an organisation has the members of a ${name} backup when the backup is put back`, async t => {
    const file = join(t.testdir({}), 'auth.db')
    const copy = `${file}.copy`
    const { server: first, mailServer, again } = await startOrganizationServer(t, `sqlite:${file}`)
    const { accessToken } = (await signUp(first.url, 'owner@example.com')).tokens
    const { id } = await post(first.url, '/auth/organizations', { name: 'Engines' }, accessToken)
    const invited = (url: string, email: string) =>
      invite(mailServer, url, { id, accessToken }, { email, role: 'member' })
    const usedBefore = await invited(first.url, 'before@example.com')
    const { tokens } = await signUpInvited(first.url, 'before@example.com', usedBefore)
    const usedAfter = await invited(first.url, 'after@example.com')
    const promoted = `/auth/organizations/${id}/members/${roleIn(tokens).sub}`

    const second = await backup.take(t, first, file, copy, again)
    t.equal((await signUpInvited(second.url, 'after@example.com', usedAfter)).status, 201)
    const sentAfter = await invited(second.url, 'lost@example.com')
    t.equal((await send(second.url, 'PATCH', promoted, { body: { role: 'admin' }, accessToken })).status, 200)
    const promotedTokens = (await refresh(second.url, tokens.refreshToken)).tokens
    t.equal(roleIn(promotedTokens).org_role, 'admin')
    await putBack(second, file, copy)
    const { url } = await again()
    t.equal((await signUpInvited(url, 'after@example.com', usedAfter)).status, 201, 'the member is added once more')
    t.equal((await signUpInvited(url, 'again@example.com', usedAfter)).status, 400, 'and not twice')
    t.equal((await signUpInvited(url, 'again@example.com', usedBefore)).status, 400, 'it stays used')
    t.equal((await signUpInvited(url, 'lost@example.com', sentAfter)).status, 400, 'a later invitation is unknown')
    const current = (await refresh(url, promotedTokens.refreshToken)).tokens
    t.equal(roleIn(current).org_role, 'member', 'a refresh has the role of the backup')
    t.equal((await get(url, '/admin', current.accessToken)).status, 403)
  })

  t.test(`an identity that was unlinked after a ${name} backup is linked when the backup is put back`, async t => {
    const file = join(t.testdir({}), 'auth.db')
    const copy = `${file}.copy`
    const client = await providerClient(t)
    const again = () => startServer(t, `sqlite:${file}`, {}, { provider: client.settings })
    const first = await again()
    const unlinkedBefore = await linkedUser(client, first.url, 'before@example.com')
    const unlinkedAfter = await linkedUser(client, first.url, 'after@example.com')
    const unlink = async (url: string, { path, accessToken }: typeof unlinkedAfter) =>
      (await send(url, 'DELETE', path, { accessToken })).status
    t.equal(await unlink(first.url, unlinkedBefore), 204)

    const second = await backup.take(t, first, file, copy, again)
    t.equal(await unlink(second.url, unlinkedAfter), 204)
    await putBack(second, file, copy)
    const { url } = await again()
    t.equal(await unlink(url, unlinkedBefore), 404, 'what was unlinked before the backup stays unlinked')
    t.equal(await unlink(url, unlinkedAfter), 204, 'once')
    t.equal(await unlink(url, unlinkedAfter), 404, 'and not twice')
  })
}
