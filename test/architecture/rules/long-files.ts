import type { SourceFile } from '../source-file.js'

const mostLines = 250

/** Files of more than 250 lines, comments included. */
export function longFiles(files: readonly SourceFile[]): string[] {
  return files
    .map(({ path, text }) => ({ path, lines: text.split('\n').length - 1 }))
    .filter(({ lines }) => lines > mostLines)
    .map(({ path, lines }) => `${path} has ${lines} lines`)
}
