import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import t from 'tap'
import { conformanceTitles, conformanceTitlesNeeding } from '../../lib/conformance/index.js'

const runners = [
  { name: 'node:test', parameters: ['--test-reporter=tap', 'node-test.test.js'], passed: /^# pass (\d+)$/m },
  { name: 'tap', parameters: ['tap.test.js'], passed: /^# \{ total: \d+, pass: (\d+)/m },
  {
    name: 'vitest',
    parameters: [
      resolve('node_modules/vitest/vitest.mjs'),
      'run',
      '--root=.',
      '--cache=false',
      '--reporter=json',
      'vitest.test.js',
    ],
    passed: /"numPassedTests":(\d+)/,
  },
  {
    name: 'jest',
    parameters: [
      '--experimental-vm-modules',
      resolve('node_modules/jest/bin/jest.js'),
      '--rootDir=.',
      '--config={"transform":{}}',
      '--json',
      'jest.test.js',
    ],
    passed: /"numPassedTests":(\d+)/,
  },
]

/**
 * Runs the suite as the author of an adapter would: with their runner, and the built package. Without the NODE_OPTIONS that tap
 * adds: what other runners make of a file is not what its coverage is measured by.
 */
function run({ parameters, passed }: (typeof runners)[number], environment: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync('env', ['-u', 'NODE_OPTIONS', process.execPath, ...parameters], {
    cwd: 'test/conformance/runners',
    env: { PATH: process.env.PATH, ...environment },
    encoding: 'utf8',
  })
  return { status, passed: Number(passed.exec(stdout)?.[1]), output: stdout.slice(-1_000) + stderr.slice(-1_000) }
}

const { cut, crash, push } = conformanceTitlesNeeding

for (const runner of runners) {
  t.test(`${runner.name} runs every case, and a right storage passes`, async t => {
    const { status, passed, output } = run(runner)
    t.equal(status, 0, 'exit code', { output })
    t.equal(passed, conformanceTitles.length - cut.length - crash.length - push.length)
  })

  t.test(`${runner.name} fails if the storage breaks the contract`, async t => {
    const { status, passed, output } = run(runner, { BROKEN: 'yes' })
    t.equal(status, 1, 'exit code', { output })
    t.equal(passed, 2, 'of the three cases of sessions.find')
  })
}
