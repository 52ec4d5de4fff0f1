/** Examples are run as their readers run them; what is measured is lib/ and schemas/, so their tests measure nothing. */
export default function coverageMap(/** @type {string} */ testFile) {
  return testFile.startsWith('test/examples/') ? null : []
}
