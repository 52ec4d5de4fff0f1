import { compareText } from '../compare-text.js'
import type { Revocation } from '../records.js'
import type { RevocationStore } from '../revocation-store.js'
import type { DefineMethod } from './memory-method.js'
import type { MemoryTables } from './memory-tables.js'

function compareRevocations(one: Revocation, other: Revocation): number {
  return (
    one.revokedAt - other.revokedAt ||
    compareText(one.kind, other.kind) ||
    compareText(one.id, other.id) ||
    (one.generation ?? -1) - (other.generation ?? -1)
  )
}

export function memoryRevocations(tables: MemoryTables, method: DefineMethod): RevocationStore {
  return {
    list: method(({ since, after, limit }) =>
      [...tables.revocations]
        .filter(line => line.revokedAt >= since && (after === undefined || compareRevocations(line, after) > 0))
        .sort(compareRevocations)
        .slice(0, limit),
    ),
  }
}
