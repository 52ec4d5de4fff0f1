import { compareText } from '../../storage/compare-text.js'
import type { ApiKeyRecord } from './api-key-record.js'
import type { ListApiKeys } from './port.js'

const usedAt = ({ lastUsedAt }: ApiKeyRecord) => lastUsedAt ?? Number.MIN_SAFE_INTEGER

const comparisons: Record<ListApiKeys['sortBy'], (one: ApiKeyRecord, other: ApiKeyRecord) => number> = {
  createdAt: (one, other) => one.createdAt - other.createdAt,
  name: (one, other) => compareText(one.name, other.name),
  lastUsedAt: (one, other) => usedAt(one) - usedAt(other),
}

/** Compares API keys in the order of `apiKeys.list`, for adapters whose database does not sort. */
export function compareApiKeys({ sortBy, sortOrder }: Pick<ListApiKeys, 'sortBy' | 'sortOrder'>) {
  const direction = sortOrder === 'asc' ? 1 : -1
  return (one: ApiKeyRecord, other: ApiKeyRecord): number =>
    direction * comparisons[sortBy](one, other) || compareText(one.id, other.id)
}
