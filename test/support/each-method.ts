import type { Storage } from '../../lib/composition/storage.js'
import { storageMethods } from '../../lib/composition/storage-methods.js'

export type Method = (request: unknown) => Promise<unknown>

/** The same storage, with something around every method that has a group, by its name: `sessions.rotate`. What not every storage has stays, and groups that it lacks stay absent. */
export function eachMethod(storage: Storage, around: (name: string, method: Method) => Method): Storage {
  const groups = Object.entries(storageMethods).flatMap(([group, methods]) => {
    const store = Reflect.get(storage, group) as Record<string, Method> | undefined
    if (store === undefined) return []
    const wrapped = methods.map(method => [
      method,
      around(`${group}.${method}`, async request => store[method]?.(request)),
    ])
    return [[group, { ...store, ...Object.fromEntries(wrapped) }]]
  })
  const { purge, migrate, ping, close } = storage
  return { purge, migrate, ping, close, ...Object.fromEntries(groups) }
}
