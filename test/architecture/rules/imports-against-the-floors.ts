import { annexes, roomOf, topFloor, tower } from '../rooms.js'
import type { SourceFile } from '../source-file.js'

const floors: readonly string[] = tower

function mayImport(from: string, to: string): boolean {
  if (from === to) return true
  const annex = annexes[from]
  if (annex !== undefined) return annex.rooms.includes(to)
  if (to in annexes) return from === topFloor
  return floors.includes(from) && floors.includes(to) && floors.indexOf(to) < floors.indexOf(from)
}

/** A room may import the rooms below it: never above, never beside. */
export function importsAgainstTheFloors(files: readonly SourceFile[]): string[] {
  return files.flatMap(({ path, imports }) =>
    imports
      .filter(imported => !mayImport(roomOf(path), roomOf(imported)))
      .map(imported => `${path} imports ${imported}`),
  )
}
