const banned = new Set(['utils', 'helpers', 'common', 'shared', 'misc', 'manager', 'service', 'core'])

function saysNothing(path: string): boolean {
  return path.split(/[/.-]/).some(word => banned.has(word)) || /(^|\/)types\.[cm]?[jt]s$/.test(path)
}

/** Paths with a word that says nothing about what is there: a function with no home means a missing module. */
export function namesThatSayNothing(paths: readonly string[]): string[] {
  return paths.filter(saysNothing)
}
