import type { EpochMilliseconds } from '../../../storage/records.js'
import type { EventRecord } from '../event-record.js'

export interface EventRow {
  id: string
  happened_at: EpochMilliseconds
  user_id: string | null
  name: string
  reason: string | null
  session_id: string | null
  api_key_id: string | null
  ip: string | null
  user_agent: string | null
  request_id: string | null
  /** JSON; `null` if there are none. */
  details: string | null
}

declare module '../../../storage/sql/tables.js' {
  interface Tables {
    fast_auth_events: EventRow
  }
}

export function fromEvent(event: EventRecord): EventRow {
  return {
    id: event.id,
    happened_at: event.happenedAt,
    user_id: event.userId,
    name: event.name,
    reason: event.reason,
    session_id: event.sessionId,
    api_key_id: event.apiKeyId,
    ip: event.ip,
    user_agent: event.userAgent,
    request_id: event.requestId,
    details: Object.keys(event.details).length === 0 ? null : JSON.stringify(event.details),
  }
}

export function toEvent(row: EventRow): EventRecord {
  return {
    id: row.id,
    happenedAt: row.happened_at,
    userId: row.user_id,
    name: row.name,
    reason: row.reason,
    sessionId: row.session_id,
    apiKeyId: row.api_key_id,
    ip: row.ip,
    userAgent: row.user_agent,
    requestId: row.request_id,
    details: row.details === null ? {} : JSON.parse(row.details),
  }
}
