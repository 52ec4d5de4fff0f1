import type { NoticeMessage } from '../../mail/message.js'
import type { EpochMilliseconds, OutboxMessageRecord, UserRecord } from '../../storage/records.js'
import type { Dependencies } from '../dependencies.js'

type IdentityNotice = Extract<NoticeMessage['kind'], `identity${string}`>

/** Writes the message to the owner, for the step that makes the change. There is none without a sender. */
export function identityMessages(
  { email }: Pick<Dependencies, 'email'>,
  { user, kind, now }: { readonly user: UserRecord; readonly kind: IdentityNotice; readonly now: EpochMilliseconds },
): readonly OutboxMessageRecord[] {
  if (email === null) return []
  return [email.messageWriter.write({ kind, to: user.email }, { userId: user.id, now })]
}
