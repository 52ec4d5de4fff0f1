import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'

/** @typedef {{ readonly name: string, readonly files: readonly string[] }} Group */

/** The files of one process: more of them would make one process last longer than the others together. */
const mostFiles = 16

/** Returns the files below test/ with one of these endings, in the order of their names. @param {RegExp} ending */
function filesWith(ending) {
  const found = readdirSync('test', { recursive: true, encoding: 'utf8' })
  return found
    .filter(file => ending.test(file))
    .map(file => `test/${file.replaceAll('\\', '/')}`)
    .toSorted()
}

/** Returns the tests that share a process with others of their folder. */
export function testsInGroups() {
  return filesWith(/(?<!\.alone)\.test\.ts$/)
}

/** Returns the tests that need a process of their own: they start processes, or change the one that they run in. */
export function testsAlone() {
  return filesWith(/\.alone\.test\.ts$/)
}

/** Returns the proofs. Each has a process of its own. */
export function proofs() {
  return filesWith(/\.proof\.ts$/)
}

/** Returns the folder of test/ that a file is in. @param {string} file */
export function folderOf(file) {
  return /** @type {string} */ (file.split('/')[1])
}

/** Divides the files of one folder into processes. @param {string} name @param {readonly string[]} files @returns {Group[]} */
function divide(name, files) {
  const parts = Math.ceil(files.length / mostFiles)
  return Array.from({ length: parts }, (_, part) => ({
    name: parts === 1 ? name : `${name}-${part + 1}`,
    files: files.filter((_, index) => index % parts === part),
  }))
}

/** Groups files by folder, the longest group first. @param {readonly string[]} files @returns {Group[]} */
export function groupsOf(files) {
  const folders = [...new Set(files.map(folderOf))]
  const groups = folders.flatMap(name =>
    divide(
      name,
      files.filter(file => folderOf(file) === name),
    ),
  )
  return groups.toSorted((one, other) => other.files.length - one.files.length)
}

/** Writes a program for each group, and returns their paths. tap runs them in the order of their names. @param {readonly Group[]} groups */
export function writePrograms(groups) {
  const folder = '.tap/groups'
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const runner = resolve('test/runner/run-group.js')
  return groups.map(({ name, files }, index) => {
    const path = `${folder}/${String(index).padStart(2, '0')}-${name}.js`
    writeFileSync(
      path,
      `import { runGroup } from ${JSON.stringify(runner)}\nrunGroup(${JSON.stringify(files, null, 2)})\n`,
    )
    return path
  })
}
