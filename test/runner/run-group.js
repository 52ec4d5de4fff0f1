import { pathToFileURL } from 'node:url'
import t from 'tap'
import { setParentTest } from './file-under-test.js'

const milliseconds = { file: 600_000, group: 3_600_000 }

/** Returns the state of the process that a file of tests must leave as it found it. */
function processState() {
  return JSON.stringify({ folder: process.cwd(), environment: process.env })
}

/** Runs files of tests one after another in this process, each below a test of its own. @param {readonly string[]} files */
export function runGroup(files) {
  t.setTimeout(milliseconds.group)
  for (const file of files) {
    t.test(file, { timeout: milliseconds.file }, async t => {
      // The folder of a file that runs alone.
      t.testdirName = t.testdirName.replace(/[^/]*$/, file.replaceAll('/', '-'))
      const before = processState()
      t.teardown(() => {
        if (processState() !== before) throw new Error(`${file} changes the environment or the folder of the process`)
      })
      setParentTest(t)
      await import(`${pathToFileURL(file).href}?group`)
    })
  }
}
