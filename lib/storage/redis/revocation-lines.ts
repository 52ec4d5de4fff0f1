import type { EpochMilliseconds, Revocation } from '../records.js'
import { joined } from './keys.js'
import type { Writing } from './transaction.js'

/** Longer than any instant and any generation. */
const digits = 16

/** Formats the instant as text of fixed length, which sorts like the number. */
export function timeText(time: EpochMilliseconds): string {
  return String(Math.max(0, time)).padStart(digits, '0')
}

/** Formats a line as one text. Texts sort in feed order: by `revokedAt`, `kind`, `id` and `generation`, `null` first. */
export function toLine({ revokedAt, kind, id, generation }: Revocation): string {
  return joined(timeText(revokedAt), kind, id, generation === null ? '' : String(generation).padStart(digits, '0'))
}

export function fromLine(line: string): Revocation {
  const [revokedAt, kind, id = '', generation] = line.split('\0')
  return {
    kind: kind as Revocation['kind'],
    id,
    generation: generation === '' ? null : Number(generation),
    revokedAt: Number(revokedAt),
  }
}

/** Records the end of these sessions in the feed. */
export function recordSessionEnds(
  { keys, write, notify }: Writing,
  ids: readonly string[],
  revokedAt: EpochMilliseconds,
): void {
  const lines = ids.map(id => toLine({ kind: 'session', id, generation: null, revokedAt }))
  write('ZADD', keys.revocations, ...lines.flatMap(line => ['0', line]))
  notify(keys.revoked)
}

/**
 * Records a line once: an identical line is not duplicated. Generations are not announced, since each refresh would make every
 * process read the feed.
 */
export function recordRevocation({ keys, write, notify }: Writing, revocation: Revocation): void {
  write('ZADD', keys.revocations, '0', toLine(revocation))
  if (revocation.kind !== 'generation') notify(keys.revoked)
}
