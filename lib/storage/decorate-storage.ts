import type { Storage } from '../composition/storage.js'
import { storageMethods } from '../composition/storage-methods.js'
import type { RevocationStore } from './revocation-store.js'

/** An async function: synchronous exceptions of the adapter have become rejections. */
export type Method = (request: unknown) => Promise<unknown>

/** @param name For example `sessions.rotate` or `ping`. */
type Wrap = (method: Method, name: string) => Method

function wrapped(owner: object, methods: readonly string[], wrap: Wrap, group = ''): Record<string, Method> {
  const call = (method: string) => async (request: unknown) =>
    Reflect.apply(Reflect.get(owner, method), owner, [request])
  return Object.fromEntries(methods.map(method => [method, wrap(call(method), group + method)]))
}

/** Returns `listen` if the storage has it. */
function listen({ revocations }: Storage): Pick<RevocationStore, 'listen'> {
  const { listen } = revocations
  return listen === undefined ? {} : { listen: request => Reflect.apply(listen, revocations, [request]) }
}

/**
 * Returns a storage whose methods are replaced by the results of `wrap`. `migrate`, `close` and the long-lived `listen` stay
 * unchanged.
 */
export function decorateStorage(storage: Storage, wrap: Wrap): Storage {
  const groups = Object.entries(storageMethods).map(([group, methods]) => [
    group,
    wrapped(Reflect.get(storage, group), methods, wrap, `${group}.`),
  ])
  const { revocations, ...others } = Object.fromEntries(groups)
  return {
    ...others,
    revocations: { ...revocations, ...listen(storage) },
    ...wrapped(storage, ['purge', 'ping'], wrap),
    migrate: () => storage.migrate(),
    close: () => storage.close(),
  }
}
