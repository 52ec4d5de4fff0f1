import {
  type ApiKeyRecord,
  type AskingSession,
  type EpochMilliseconds,
  type EventRecord,
  type IdentityRecord,
  type InvitationRecord,
  type MembershipRecord,
  mayAsk,
  type OneTimeTokenRecord,
  type OrganizationRecord,
  type OutboxMessageRecord,
  type PasskeyRecord,
  type RecoveryCodeHash,
  type Revocation,
  type SessionRecord,
  type SignInCodeRecord,
  type TotpFactorRecord,
  type UserRecord,
} from 'fast-auth/storage'

export interface RecoveryCodeRow {
  readonly userId: string
  readonly hash: RecoveryCodeHash
}

/** A use of a passkey, by the hash of the challenge that it spent. */
export interface PasskeyUseRow {
  readonly passkeyId: string
  readonly userId: string
  /** The session that it proved; `null` for a registration. */
  readonly sessionId: string | null
  readonly expiresAt: EpochMilliseconds
}

/** A sign-in at a provider that a request has claimed. */
export interface ProviderFlowRow {
  /** `null`: not settled yet. */
  readonly result: string | null
  readonly expiresAt: EpochMilliseconds
}

interface Rows {
  users: UserRecord
  sessions: SessionRecord
  oneTimeTokens: OneTimeTokenRecord
  apiKeys: ApiKeyRecord
  /** By the id of their user. */
  totpFactors: TotpFactorRecord
  recoveryCodes: RecoveryCodeRow
  passkeys: PasskeyRecord
  passkeyUses: PasskeyUseRow
  /** By their address. */
  signInCodes: SignInCodeRecord
  identities: IdentityRecord
  providerFlows: ProviderFlowRow
  organizations: OrganizationRecord
  /** By the ids of the organisation and the user. */
  memberships: MembershipRecord
  invitations: InvitationRecord
  outbox: OutboxMessageRecord
  events: EventRecord
  revocations: Revocation
}

type Name = keyof Rows

/** All tables, in memory. Steps read them and never change them. */
export type Tables = { readonly [Table in Name]: Map<string, Rows[Table]> }

/** The new row, or `null` if it is removed. */
type ChangeOf<Table extends Name> = readonly [table: Table, key: string, row: Rows[Table] | null]

export type Change = { [Table in Name]: ChangeOf<Table> }[Name]

export function emptyTables(): Tables {
  return {
    users: new Map(),
    sessions: new Map(),
    oneTimeTokens: new Map(),
    apiKeys: new Map(),
    totpFactors: new Map(),
    recoveryCodes: new Map(),
    passkeys: new Map(),
    passkeyUses: new Map(),
    signInCodes: new Map(),
    identities: new Map(),
    providerFlows: new Map(),
    organizations: new Map(),
    memberships: new Map(),
    invitations: new Map(),
    outbox: new Map(),
    events: new Map(),
    revocations: new Map(),
  }
}

export function apply<Table extends Name>(tables: Tables, [table, key, row]: ChangeOf<Table>): void {
  const rows: Map<string, Rows[Table]> = tables[table]
  if (row === null) rows.delete(key)
  else rows.set(key, row)
}

/** Returns the changes that create these tables from empty ones. */
export function snapshotOf(tables: Tables): readonly Change[] {
  return [
    ...Array.from(tables.users, ([key, row]): Change => ['users', key, row]),
    ...Array.from(tables.sessions, ([key, row]): Change => ['sessions', key, row]),
    ...Array.from(tables.oneTimeTokens, ([key, row]): Change => ['oneTimeTokens', key, row]),
    ...Array.from(tables.apiKeys, ([key, row]): Change => ['apiKeys', key, row]),
    ...Array.from(tables.totpFactors, ([key, row]): Change => ['totpFactors', key, row]),
    ...Array.from(tables.recoveryCodes, ([key, row]): Change => ['recoveryCodes', key, row]),
    ...Array.from(tables.passkeys, ([key, row]): Change => ['passkeys', key, row]),
    ...Array.from(tables.passkeyUses, ([key, row]): Change => ['passkeyUses', key, row]),
    ...Array.from(tables.signInCodes, ([key, row]): Change => ['signInCodes', key, row]),
    ...Array.from(tables.identities, ([key, row]): Change => ['identities', key, row]),
    ...Array.from(tables.providerFlows, ([key, row]): Change => ['providerFlows', key, row]),
    ...Array.from(tables.organizations, ([key, row]): Change => ['organizations', key, row]),
    ...Array.from(tables.memberships, ([key, row]): Change => ['memberships', key, row]),
    ...Array.from(tables.invitations, ([key, row]): Change => ['invitations', key, row]),
    ...Array.from(tables.outbox, ([key, row]): Change => ['outbox', key, row]),
    ...Array.from(tables.events, ([key, row]): Change => ['events', key, row]),
    ...Array.from(tables.revocations, ([key, row]): Change => ['revocations', key, row]),
  ]
}

/** Adds a line to the feed. A line that several steps record is in the feed only once. */
export function revoke({ kind, id, generation, revokedAt }: Revocation): Change {
  return ['revocations', `${kind} ${id} ${generation} ${revokedAt}`, { kind, id, generation, revokedAt }]
}

/** Checks whether a record has not expired. It is expired at `expiresAt` itself. */
export function isLive(
  { expiresAt }: { readonly expiresAt: EpochMilliseconds | null },
  now: EpochMilliseconds,
): boolean {
  return expiresAt === null || now < expiresAt
}

/** Returns the user; `undefined` if the user is deleted or disabled. Disabled users get no new records. */
export function enabledUser({ users }: Tables, userId: string): UserRecord | undefined {
  const user = users.get(userId)
  return user?.disabledAt === null ? user : undefined
}

/** Checks whether the request comes from a live session of the user, or from the application itself. */
export function isAskedInTime({ sessions }: Tables, userId: string, asking: AskingSession | undefined): boolean {
  return asking === undefined || mayAsk(sessions.get(asking.sessionId) ?? null, userId, asking)
}

/** Scans the whole table, which suffices for an example. With many rows, keep a map for each lookup key. */
export function ofUser<Row extends { readonly userId: string | null }>(table: Map<string, Row>, userId: string): Row[] {
  return [...table.values()].filter(row => row.userId === userId)
}

export function idsOf(rows: readonly { readonly id: string }[]): readonly string[] {
  return rows.map(({ id }) => id)
}

/** Compares by UTF-8 bytes, as the port requires: `<` compares UTF-16 units and would put U+1F600 before U+FFFD. */
export function compareText(one: string, other: string): number {
  return Buffer.compare(Buffer.from(one), Buffer.from(other))
}
