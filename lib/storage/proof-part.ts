import type { EpochMilliseconds, SessionRecord, UserRecord } from './records.js'

/** The user whose session is being opened or reauthenticated. Their record is locked until the step ends. */
export interface ProofSubject {
  readonly user: UserRecord
  readonly now: EpochMilliseconds
}

/**
 * Whether a proof holds at this moment. `stale`: what it refers to has changed or is gone. `spent`: it was used before. A
 * function: it holds, and the function writes that it is used now, for this session.
 */
export type ProofFinding<Settled = void | Promise<void>> = 'stale' | 'spent' | ((session: SessionRecord) => Settled)

/** How an engine checks one kind of proof. */
export interface ProofKindPart<Step, Finding> {
  /** A session needs a first factor. `both`: the proof is a second factor too. */
  readonly factor: 'first' | 'second' | 'both'
  /** Reads, but writes nothing. */
  check(step: Step, proof: never, subject: ProofSubject): Finding
}

/**
 * The proofs of one feature, on one engine. The sessions know only these functions, none of the feature's tables.
 * @typeParam Step the transaction of the engine
 */
export interface ProofPart<
  Step,
  Finding = ProofFinding | Promise<ProofFinding>,
  Due = Promise<boolean>,
  Count = number | Promise<number>,
> {
  /** By kind of proof. */
  readonly kinds: Readonly<Record<string, ProofKindPart<Step, Finding>>>
  /** Returns whether the user has a confirmed second factor. Called after the user's record is locked. */
  hasSecondFactor?(step: Step, userId: string): Due
  /** Returns how many first factors of this feature the user has. Called after the user's record is locked. */
  countFirstFactors?(step: Step, user: UserRecord): Count
}
