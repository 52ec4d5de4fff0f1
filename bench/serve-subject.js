// Runs a server that its parent process controls with messages: node serve-subject.js <subject> <options as JSON>

const [subject, options = '{}'] = process.argv.slice(2)
const { open } = await import(`./subjects/${subject}.js`)
/** @type {import('./subjects/subject.js').Subject} */
const { app, credentials, perSecond } = await open(JSON.parse(options))

const methods = {
  /** @param {{ count: number }} call */
  credentials: ({ count }) => credentials(count),
  /** @param {{ seconds: number }} call */
  perSecond: ({ seconds }) => perSecond?.(seconds),
  cpu() {
    const { user, system } = process.cpuUsage()
    return user + system
  },
  memory() {
    globalThis.gc?.()
    const { rss, heapUsed, external } = process.memoryUsage()
    return { rssMegabytes: rss / 1e6, heapMegabytes: (heapUsed + external) / 1e6 }
  },
}

process.on('message', async call => {
  const { method } = /** @type {{ method: keyof typeof methods, count: number, seconds: number }} */ (call)
  process.send?.(await methods[method](/** @type {never} */ (call)))
})
process.on('disconnect', () => process.exit())
const url = await app.listen({ port: 0, host: '127.0.0.1' })
process.send?.({ port: Number(new URL(url).port) })
