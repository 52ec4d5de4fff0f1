import { annexes, roomOf, tower } from '../rooms.js'
import type { SourceFile } from '../source-file.js'

const rooms: ReadonlySet<string> = new Set([...tower, ...Object.keys(annexes)])

/** Files that stand in no room of the house: a new room is a new line in `rooms.ts`. */
export function filesWithoutRoom(files: readonly SourceFile[]): string[] {
  return files.map(({ path }) => path).filter(path => !rooms.has(roomOf(path)))
}
