import { readFileSync } from 'node:fs'

/** The code of the fenced block that follows `<!-- marker -->`. */
export function block(marker: string, file = 'README.md'): string {
  const code = new RegExp(`<!-- ${marker} -->\\n\`\`\`\\w+\\n([^]*?)\\n\`\`\``).exec(readFileSync(file, 'utf8'))?.[1]
  if (code === undefined) throw new Error(`${file} has no block marked ${marker}`)
  return code
}

/** The rows of the table that follows `<!-- marker -->`, cell by cell, without the backticks. */
export function table(marker: string, file = 'README.md'): string[][] {
  const rows = new RegExp(`<!-- ${marker} -->\\n((?:\\|.*\\n)+)`).exec(readFileSync(file, 'utf8'))?.[1]
  if (rows === undefined) throw new Error(`${file} has no table marked ${marker}`)
  const cells = (row: string) =>
    row
      .split('|')
      .slice(1, -1)
      .map(cell => cell.trim().replaceAll('`', ''))
  return rows.trimEnd().split('\n').slice(2).map(cells)
}
