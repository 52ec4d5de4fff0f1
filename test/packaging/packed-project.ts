import { spawnSync } from 'node:child_process'
import { cpSync, symlinkSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'

export interface PackedProject {
  readonly tarball: string
  /** The paths in it, from the top of the package. */
  readonly files: readonly string[]
  /** The sizes of the tarball and of its content, in bytes. */
  readonly bytes: { readonly packed: number; readonly unpacked: number }
}

const leftBehind = new Set(['.git', '.tap', 'dist', 'coverage', 'node_modules'])

function isLeftBehind(path: string): boolean {
  return dirname(path) === process.cwd() && leftBehind.has(basename(path))
}

function npm(cwd: string, ...parameters: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync('npm', parameters, { cwd, encoding: 'utf8' })
  if (status !== 0) throw new Error(`npm ${parameters.join(' ')}: ${stdout}${stderr}`)
  return stdout
}

/** Builds a copy of the project from nothing and packs it, so that neither an old `dist` nor a test beside this one is in it. */
export function packedProject(folder: string): PackedProject {
  const copy = join(folder, 'project')
  cpSync(process.cwd(), copy, { recursive: true, filter: path => !isLeftBehind(path) })
  symlinkSync(resolve('node_modules'), join(copy, 'node_modules'))
  npm(copy, 'run', '--silent', 'build')
  const [packed] = JSON.parse(npm(copy, 'pack', '--ignore-scripts', '--json'))
  const paths = packed.files.map((file: { path: string }) => file.path)
  const bytes = { packed: packed.size, unpacked: packed.unpackedSize }
  return { tarball: join(copy, packed.filename), files: paths, bytes }
}
