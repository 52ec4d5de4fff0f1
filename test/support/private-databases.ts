import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Test } from 'tap'
import { privateRedis, withoutRedisServer } from '../storage/redis/fixtures/private-redis.js'
import { runOnMysql, runOnPostgres } from './database-server.js'
import { type PrivateServer, privateServer, withoutPrograms } from './private-server.js'

export interface PrivateDatabase {
  readonly name: string
  /** The value for `skip` of a test. */
  readonly missing: string | false
  /** An empty database that keeps what it has answered; it ends with the test. */
  start(t: Test): Promise<PrivateServer>
}

/** Debian has the programs of each release in a folder of its own, which is not in PATH. */
function postgresProgram(name: string): string {
  const releases = '/usr/lib/postgresql'
  const folders = existsSync(releases) ? readdirSync(releases) : []
  const newest = folders.sort((one, other) => Number(other) - Number(one))[0]
  return newest === undefined ? name : join(releases, newest, 'bin', name)
}

const postgres: PrivateDatabase = {
  name: 'PostgreSQL',
  missing: withoutPrograms([postgresProgram('initdb'), postgresProgram('postgres')], 'postgresql'),
  start: t =>
    privateServer(t, {
      user: 'postgres',
      prepare: ({ folder }) => [
        postgresProgram('initdb'),
        `--pgdata=${join(folder, 'data')}`,
        '--username=postgres',
        '--auth=trust',
        '--encoding=UTF8',
        '--locale=C',
        '--no-sync',
      ],
      serve: ({ folder, port }) => [
        postgresProgram('postgres'),
        ...['-D', join(folder, 'data'), '-k', folder, '-p', String(port)],
        ...['-c', 'listen_addresses=127.0.0.1', '-c', 'shared_buffers=16MB'],
      ],
      urlOf: ({ port }) => `postgres://postgres@127.0.0.1:${port}/postgres`,
      // A fast shutdown, as systemd and the images for containers do it.
      stopSignal: 'SIGINT',
      ask: url => runOnPostgres(url, 'select 1'),
    }),
}

const mariadb: PrivateDatabase = {
  name: 'MariaDB',
  missing: withoutPrograms(['mariadbd'], 'mariadb-server'),
  start: t =>
    privateServer(t, {
      user: 'mysql',
      prepare: ({ folder }) => [
        'mariadb-install-db',
        '--no-defaults',
        `--datadir=${join(folder, 'data')}`,
        '--auth-root-authentication-method=normal',
      ],
      serve: ({ folder, port }) => [
        'mariadbd',
        '--no-defaults',
        `--datadir=${join(folder, 'data')}`,
        `--socket=${join(folder, 'socket')}`,
        `--port=${port}`,
        '--bind-address=127.0.0.1',
        '--innodb-buffer-pool-size=32M',
      ],
      urlOf: ({ port }) => `mysql://root@127.0.0.1:${port}/test`,
      stopSignal: 'SIGTERM',
      ask: url => runOnMysql(url, 'select 1'),
    }),
}

const redis: PrivateDatabase = {
  name: 'Redis',
  missing: withoutRedisServer(),
  start: t => privateRedis(t, ['--appendonly', 'yes', '--appendfsync', 'always']),
}

export const privateDatabases: readonly PrivateDatabase[] = [postgres, mariadb, redis]
