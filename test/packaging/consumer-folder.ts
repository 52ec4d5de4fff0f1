import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>
  readonly peerDependencies: Readonly<Record<string, string>>
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>
}

/** The dependencies and the required peers of the package, without the optional peers. */
function needed({ dependencies, peerDependencies, peerDependenciesMeta = {} }: Manifest): string[] {
  const peers = Object.keys(peerDependencies).filter(name => peerDependenciesMeta[name]?.optional !== true)
  return [...Object.keys(dependencies), ...peers]
}

function unpack(tarball: string, target: string): void {
  mkdirSync(target, { recursive: true })
  const { status, stderr } = spawnSync('tar', ['-xzf', tarball, '-C', target, '--strip-components=1'])
  if (status !== 0) throw new Error(String(stderr))
}

function link(modules: string, name: string): void {
  mkdirSync(dirname(join(modules, name)), { recursive: true })
  symlinkSync(resolve('node_modules', name), join(modules, name))
}

/**
 * Makes a project that has the packed fast-auth, what it declares to need, and nothing else, so that an import of anything
 * else fails. The needed packages are links to those that are here: nothing is downloaded.
 * @param extra Packages that the consumer itself asks for.
 */
export function consumerFolder(
  folder: string,
  { consumer, tarball, extra = [] }: { consumer: string; tarball: string; extra?: readonly string[] },
): string {
  const target = join(folder, consumer)
  cpSync(resolve('test/packaging/consumers', consumer), target, { recursive: true })
  const modules = join(target, 'node_modules')
  unpack(tarball, join(modules, 'fast-auth'))
  const manifest: Manifest = JSON.parse(readFileSync(join(modules, 'fast-auth/package.json'), 'utf8'))
  for (const name of [...needed(manifest), ...extra]) link(modules, name)
  return target
}
