/** @typedef {import('tap').Test} Test */

/** @type {Test | null} */
let parent = null

/** Names the test to which the tests of the next imported file belong. @param {Test} t */
export function setParentTest(t) {
  parent = t
}

/** Returns the test to which the file that is being imported adds its tests. */
export function parentTest() {
  if (parent === null) throw new Error('no file of tests is being run')
  return parent
}
