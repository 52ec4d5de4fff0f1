import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type SourceFile, sourceFile } from './source-file.js'

const project = fileURLToPath(new URL('../..', import.meta.url))

/**
 * The paths of all files of ours in these folders, from the top of the project; a folder that isn't there is empty. Files whose
 * names begin with a dot are named by their readers.
 */
export function pathsIn(...folders: readonly string[]): string[] {
  const entries = folders.flatMap(folder => {
    try {
      return readdirSync(join(project, folder), { recursive: true, withFileTypes: true })
    } catch {
      return []
    }
  })
  return entries
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name).slice(project.length).replaceAll('\\', '/'))
    .filter(path => !/\/(node_modules\/|\.)/.test(path))
}

export function readSources(...folders: readonly string[]): SourceFile[] {
  return pathsIn(...folders)
    .filter(path => /\.[cm]?[jt]s$/.test(path))
    .map(path => sourceFile(path, readFileSync(join(project, path), 'utf8')))
}
