import type { SourceFile } from '../source-file.js'

const mostLines = 250

/** Files of more than 250 lines, comments included; generated ones aside. */
export function longFiles(files: readonly SourceFile[]): string[] {
  return files
    .filter(({ path }) => !path.includes('/generated/'))
    .map(({ path, text }) => ({ path, lines: text.split('\n').length - 1 }))
    .filter(({ lines }) => lines > mostLines)
    .map(({ path, lines }) => `${path} has ${lines} lines`)
}
