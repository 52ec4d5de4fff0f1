import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Test } from 'tap'

export interface Findings {
  readonly totals: { readonly errors: number; readonly warnings: number; readonly ignored: number }
  readonly problems: readonly { readonly ruleId: string; readonly message: string }[]
}

/** Lints a document with the project's rules. */
export function lint(t: Test, document: string): Findings {
  const file = resolve(t.testdir(), 'openapi.yml')
  writeFileSync(file, document)
  const redocly = resolve('node_modules/.bin/redocly')
  const { stdout } = spawnSync(redocly, ['lint', file, '--config', 'test/openapi/redocly.yaml', '--format', 'json'], {
    encoding: 'utf8',
    env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
  })
  return JSON.parse(stdout)
}
