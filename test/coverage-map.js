const measured = ['lib/**/*.ts', 'schemas/**/*.ts', 'dist/**/*.js']

/** Examples are run as their readers run them: their proofs measure nothing. */
export default function coverageMap(/** @type {string} */ testFile) {
  return testFile.startsWith('test/examples/') ? null : measured
}
