import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import t from 'tap'

const documents = [
  ...['README.md', 'CONTRIBUTING.md', 'SECURITY.md'],
  ...readdirSync('docs').map(file => `docs/${file}`),
]
const lengthOf = (file: string) => readFileSync(file, 'utf8').trimEnd().split('\n').length

/** The text without its code, where brackets are no links. */
const proseOf = (file: string) => readFileSync(file, 'utf8').replace(/^```[\s\S]*?^```$/gm, '')

/** As GitHub makes them. */
function anchorsOf(file: string): string[] {
  return Array.from(proseOf(file).matchAll(/^#+ (.+)$/gm), ([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\w\s-]/g, '')
      .replaceAll(' ', '-'),
  )
}

t.test('every link between the documents, and into the source, leads somewhere', async t => {
  for (const document of documents) {
    const links = Array.from(proseOf(document).matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]+))?\)/g))
    for (const [link, path = '', anchor] of links) {
      const file = path === '' ? document : join(dirname(document), path)
      t.ok(existsSync(file), `${document}: ${link}`)
      if (anchor !== undefined && existsSync(file)) t.ok(anchorsOf(file).includes(anchor), `${document}: ${link}`)
    }
  }
})

t.test('every document is in the README', async t => {
  const readme = readFileSync('README.md', 'utf8')
  for (const file of readdirSync('docs')) t.ok(readme.includes(`](docs/${file}`), file)
})

t.test('the README can be read in one go', async t => {
  t.ok(lengthOf('README.md') <= 300, `${lengthOf('README.md')} lines`)
})
