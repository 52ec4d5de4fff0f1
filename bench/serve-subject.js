// The process of a server: node serve-subject.js <subject> <options as JSON>, told what to do by its parent.

const [subject, options = '{}'] = process.argv.slice(2)
const { open } = await import(`./subjects/${subject}.js`)
/** @type {import('./subjects/subject.js').Subject} */
const { app, credentials, perSecond } = await open(JSON.parse(options))

const answers = {
  /** @param {{ count: number }} question */
  credentials: ({ count }) => credentials(count),
  /** @param {{ seconds: number }} question */
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

process.on('message', async question => {
  const { ask } = /** @type {{ ask: keyof typeof answers, count: number, seconds: number }} */ (question)
  process.send?.(await answers[ask](/** @type {never} */ (question)))
})
process.on('disconnect', () => process.exit())
const url = await app.listen({ port: 0, host: '127.0.0.1' })
process.send?.({ port: Number(new URL(url).port) })
