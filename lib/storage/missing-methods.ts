import { lifecycleMethods, type StorageMethods } from './storage-methods.js'

function hasMethod(owner: unknown, method: string): boolean {
  return typeof owner === 'object' && owner !== null && typeof Reflect.get(owner, method) === 'function'
}

/** Optional methods must be functions if they are present. */
function wrongOptionalMethods(storage: object): string[] {
  const listen: unknown = Reflect.get(Object(Reflect.get(storage, 'revocations')), 'listen')
  return listen === undefined || typeof listen === 'function' ? [] : ['revocations.listen']
}

/** Returns the names of the methods that `storage` lacks, such as `sessions.rotate`. @param needed the methods by group */
export function missingMethods(storage: object, needed: StorageMethods): string[] {
  const inGroups = Object.entries(needed).flatMap(([group, methods]) =>
    methods.filter(method => !hasMethod(Reflect.get(storage, group), method)).map(method => `${group}.${method}`),
  )
  return [
    ...inGroups,
    ...wrongOptionalMethods(storage),
    ...lifecycleMethods.filter(method => !hasMethod(storage, method)),
  ]
}
