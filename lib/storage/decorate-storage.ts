import type { RevocationStore } from './revocation-store.js'
import type { StorageKernel } from './storage-kernel.js'

/** An async function: synchronous exceptions of the adapter have become rejections. */
export type Method = (request: unknown) => Promise<unknown>

/** @param name For example `sessions.rotate` or `ping`. */
type Wrap = (method: Method, name: string) => Method

/** Returns the names of all properties, those of a class included. */
function namesIn(value: object): readonly string[] {
  const names = new Set<string>()
  for (let owner = value; owner !== Object.prototype && owner !== null; owner = Object.getPrototypeOf(owner))
    for (const name of Object.getOwnPropertyNames(owner)) if (name !== 'constructor') names.add(name)
  return [...names]
}

function wrapped(owner: object, methods: readonly string[], wrap: Wrap, group = ''): Record<string, Method> {
  const call = (method: string) => async (request: unknown) =>
    Reflect.apply(Reflect.get(owner, method), owner, [request])
  return Object.fromEntries(methods.map(method => [method, wrap(call(method), group + method)]))
}

function wrappedGroup(group: string, store: object, wrap: Wrap): Record<string, Method> {
  const methods = namesIn(store).filter(name => name !== 'listen' && typeof Reflect.get(store, name) === 'function')
  return wrapped(store, methods, wrap, `${group}.`)
}

/** Returns `listen` if the storage has it. */
function listen({ revocations }: Pick<StorageKernel, 'revocations'>): Pick<RevocationStore, 'listen'> {
  const { listen } = revocations
  return listen === undefined ? {} : { listen: request => Reflect.apply(listen, revocations, [request]) }
}

/**
 * Returns a storage whose methods are replaced by the results of `wrap`. `migrate`, `close` and the long-lived `listen` stay
 * unchanged.
 */
export function decorateStorage<Storage extends Omit<StorageKernel, 'outbox'>>(storage: Storage, wrap: Wrap): Storage {
  const stores = namesIn(storage).flatMap((group): [string, object][] => {
    const store: unknown = Reflect.get(storage, group)
    return typeof store === 'object' && store !== null ? [[group, store]] : []
  })
  const groups = Object.fromEntries(stores.map(([group, store]) => [group, wrappedGroup(group, store, wrap)]))
  const decorated: object = {
    ...groups,
    revocations: { ...groups.revocations, ...listen(storage) },
    ...wrapped(storage, ['purge', 'ping'], wrap),
    migrate: () => storage.migrate(),
    close: () => storage.close(),
  }
  return decorated as Storage
}
