/** Paths that are not in kebab-case. */
export function namesNotInKebabCase(paths: readonly string[]): string[] {
  return paths.filter(path => !path.split('/').every(name => /^[a-z0-9]+(?:[.-][a-z0-9]+)*$/.test(name)))
}
