// Writes docs/llms.txt: a link to each document that the README lists, with the first sentence of the document.
import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const project = resolve(import.meta.dirname, '..')
const target = resolve(process.argv[2] ?? join(project, 'docs/llms.txt'))
const read = file => readFileSync(join(project, file), 'utf8')
const withoutLinks = text => text.replace(/\[([^\]]+)\]\([^)]+\)/g, '$1')

/** Checks whether a paragraph is not a heading, table, list, comment or code. */
const isProse = paragraph => !/^(#|\||<!--|```|- |\d\. )/.test(paragraph)

function firstSentenceOf(file) {
  const paragraph = read(file)
    .replace(/^```[\s\S]*?^```$/gm, '')
    .split('\n\n')
    .map(text => text.trim())
    .find(text => text !== '' && isProse(text))
  const sentence = /^.+?[.:](?=\s|$)/s.exec(withoutLinks(paragraph ?? ''))?.[0]
  if (sentence === undefined) throw new Error(`${file} does not begin with a sentence`)
  return sentence.replace(/\s+/g, ' ').replace(/:$/, '.')
}

const titleOf = file => /^# (.+)$/m.exec(read(file))?.[1] ?? file

function sectionOf([heading, links]) {
  const files = Array.from(links.matchAll(/\]\(docs\/([\w-]+\.md)\)/g), ([, file]) => file)
  const lines = files.map(file => `- [${titleOf(`docs/${file}`)}](${file}): ${firstSentenceOf(`docs/${file}`)}`)
  return `## ${heading}\n\n${lines.join('\n')}\n`
}

const list = /^## More\n([\s\S]*)/m.exec(read('README.md'))?.[1] ?? ''
const sections = Array.from(
  list.matchAll(/^- \*\*(.+?):\*\*([\s\S]*?)(?=\n- \*\*|\n\n)/gm),
  ([, ...section]) => section,
)
writeFileSync(target, `# fast-auth\n\n> ${firstSentenceOf('README.md')}\n\n${sections.map(sectionOf).join('\n')}`)
