export interface Deadline {
  readonly milliseconds: number
  /** Makes the error of a call that takes longer. It may also abort the call. */
  late(): Error
  /** Whether the waiting keeps the process alive. Default: `true`. */
  readonly keepsAlive?: boolean
}

/** Settles as `answer` does, or rejects at the deadline. The call itself goes on: its result is ignored then. */
export function withDeadline<Answer>(
  answer: Promise<Answer>,
  { milliseconds, late, keepsAlive = true }: Deadline,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(late()), milliseconds)
    if (!keepsAlive) timer.unref()
    answer.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}
