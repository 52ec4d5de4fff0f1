import { readdirSync } from 'node:fs'
import { register } from 'node:module'
import { matchesGlob, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { commonTokens, declareClassPlugin, PluginKind, tokens } from '@stryker-mutator/api/plugin'
import { determineHitLimitReached, toMutantRunResult } from '@stryker-mutator/api/test-runner'

/** Replaces `tap` in test files: keeps the tests, so that the runner can run them once per mutant. */
const collector = `data:text/javascript,${encodeURIComponent(`
  export const test = (name, ...rest) => void globalThis.collectedTests.push([name, rest])
  export default { test }
`)}`

/** Discards the messages that tap sends to a parent process. The parent is Stryker, whose messages are strings. */
function discardMessagesOfTap() {
  const send = process.send?.bind(process)
  process.send = (message, ...rest) => typeof message !== 'string' || send?.(message, ...rest)
}

/** @returns {Promise<typeof import('tap').test>} */
async function startTap() {
  discardMessagesOfTap()
  register(
    `data:text/javascript,${encodeURIComponent(`
      export const resolve = (specifier, context, next) =>
        specifier === 'tap' && context.parentURL?.includes('/test/')
          ? { url: ${JSON.stringify(collector)}, shortCircuit: true }
          : next(specifier, context)
    `)}`,
  )
  const { test } = await import('tap')
  return test
}

/** Returns the object that the instrumented code uses. It names the active mutant, and records the coverage. */
function mutantNamespace() {
  globalThis.__stryker__ ??= {}
  return globalThis.__stryker__
}

/** @typedef {{ readonly id: string, readonly run: () => Promise<{ readonly ok: boolean } | null> }} CollectedTest */

/** Runs the tests of tap in the process that has loaded them, so that a mutant needs no new process. */
class InProcessRunner {
  static inject = tokens(commonTokens.options)

  /** @type {readonly CollectedTest[] | null} */
  #tests = null
  /** @type {readonly string[]} */
  #files

  constructor(/** @type {import('@stryker-mutator/api/core').StrykerOptions} */ { inProcess }) {
    this.#files = /** @type {{ readonly testFiles: readonly string[] }} */ (inProcess).testFiles
  }

  /** Requests a new process from Stryker for a mutant in code that runs while a module is loaded. */
  capabilities() {
    return { reloadEnvironment: false }
  }

  async #load() {
    const found = readdirSync('test', { recursive: true, encoding: 'utf8' }).map(name => `test/${name}`)
    const files = this.#files.flatMap(pattern => found.filter(name => matchesGlob(name, pattern)).toSorted())
    /** @type {CollectedTest[]} */
    const tests = []
    const runInTap = await startTap()
    for (const file of new Set(files)) {
      /** @type {[name: string, rest: unknown[]][]} */
      const collected = []
      globalThis.collectedTests = collected
      await import(pathToFileURL(resolve(file)).href)
      for (const [index, [name, rest]] of collected.entries()) {
        tests.push({ id: `${file} ${index}: ${name}`, run: () => runInTap(name, ...rest) })
      }
    }
    return tests
  }

  /** Runs the tests with these ids, or all tests; with `bails`, until one fails. */
  async #run(namespace, { ids = null, bails }) {
    const results = []
    this.#tests ??= await this.#load()
    for (const { id, run } of this.#tests.filter(test => ids === null || ids.includes(test.id))) {
      namespace.currentTestId = id
      const startedAt = Date.now()
      const outcome = await run()
      namespace.currentTestId = undefined
      const about = { id, name: id, timeSpentMs: Date.now() - startedAt }
      const isPassed = outcome?.ok === true
      results.push(isPassed ? { ...about, status: 0 } : { ...about, status: 1, failureMessage: 'a test fails' })
      if (!isPassed && bails) break
    }
    process.exitCode = 0
    return results
  }

  async dryRun() {
    const namespace = mutantNamespace()
    namespace.activeMutant = undefined
    const tests = await this.#run(namespace, { bails: false })
    return { status: 'complete', tests, mutantCoverage: namespace.mutantCoverage }
  }

  async mutantRun({ activeMutant, testFilter, hitLimit, disableBail }) {
    const namespace = mutantNamespace()
    Object.assign(namespace, {
      activeMutant: activeMutant.id,
      hitLimit,
      hitCount: hitLimit === undefined ? undefined : 0,
    })
    const tests = await this.#run(namespace, { ids: testFilter ?? null, bails: !disableBail })
    return determineHitLimitReached(namespace.hitCount, hitLimit) ?? toMutantRunResult({ status: 'complete', tests })
  }
}

export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, 'in-process', InProcessRunner)]

const testFiles = { type: 'array', items: { type: 'string' } }

export const strykerValidationSchema = { properties: { inProcess: { type: 'object', properties: { testFiles } } } }
