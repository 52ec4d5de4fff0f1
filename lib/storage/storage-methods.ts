/** Names of methods of the port by group, such as `{ sessions: ['rotate'] }`. */
export type StorageMethods = Readonly<Record<string, readonly string[]>>

/** The methods that every application needs, whichever features are on. */
export const kernelMethods = { revocations: ['list'] } as const satisfies StorageMethods

/** The methods of the storage itself, outside any group. */
export const lifecycleMethods = ['purge', 'migrate', 'ping', 'close'] as const

/** Joins lists of methods by group. */
export function joinStorageMethods(lists: readonly StorageMethods[]): StorageMethods {
  const groups = [...new Set(lists.flatMap(list => Object.keys(list)))]
  return Object.fromEntries(groups.map(group => [group, lists.flatMap(list => list[group] ?? [])]))
}
