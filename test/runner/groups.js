import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'

/** Files of one process. A new process needs seconds to load everything; a few long ones would leave a core idle at the end. */
const mostFiles = 32

/** Returns the files below test/ with one of these endings, in the order of their names. @param {RegExp} ending */
function filesWith(ending) {
  const found = readdirSync('test', { recursive: true, encoding: 'utf8' })
  return found
    .filter(file => ending.test(file))
    .map(file => `test/${file.replaceAll('\\', '/')}`)
    .toSorted()
}

/** Returns the tests. A process runs many of them. */
export function tests() {
  return filesWith(/\.test\.ts$/)
}

/** Returns the proofs. Each has a process of its own. */
export function proofs() {
  return filesWith(/\.proof\.ts$/)
}

/** Returns the folder of test/ that a file is in. @param {string} file */
export function folderOf(file) {
  return /** @type {string} */ (file.split('/')[1])
}

/**
 * Divides files into groups. Each has files of all folders, so the groups last about equally long: slow tests are often in one folder.
 * @param {readonly string[]} files
 */
function groupsOf(files) {
  const count = Math.ceil(files.length / mostFiles)
  return Array.from({ length: count }, (_, group) => files.filter((_, index) => index % count === group))
}

/** Writes a program for each group of files, and returns their paths. @param {readonly string[]} files */
export function writePrograms(files) {
  const folder = '.tap/groups'
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const runner = JSON.stringify(resolve('test/runner/run-group.js'))
  return groupsOf(files).map((group, index) => {
    const path = `${folder}/group-${String(index + 1).padStart(2, '0')}.js`
    writeFileSync(path, `import { runGroup } from ${runner}\nrunGroup(${JSON.stringify(group, null, 2)})\n`)
    return path
  })
}
