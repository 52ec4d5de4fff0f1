import assert from 'node:assert/strict'

type AnswerOf<Answer extends { readonly outcome: string }, Outcome extends string> = Answer extends {
  readonly outcome: infer Known
}
  ? Outcome extends Known
    ? Answer
    : never
  : never

function hasOutcome<Answer extends { readonly outcome: string }, Outcome extends Answer['outcome']>(
  answer: Answer,
  outcome: Outcome,
): answer is AnswerOf<Answer, Outcome> {
  return answer.outcome === outcome
}

/**
 * `rule` is a sentence of the contract; both values must be equal in every part. Clones are compared: what a record is made
 * by is no part of it, and under jest `Object` is not one thing.
 */
export function expectEqual(actual: unknown, asked: unknown, rule: string): void {
  const difference = `the storage gave ${JSON.stringify(actual)}, the contract asks for ${JSON.stringify(asked)}`
  assert.deepStrictEqual(structuredClone(actual), structuredClone(asked), `${rule}: ${difference}`)
}

/** Checks the outcome and hands the answer on as the kind that has this outcome. */
export function expectOutcome<Answer extends { readonly outcome: string }, Outcome extends Answer['outcome']>(
  answer: Answer,
  outcome: Outcome,
  rule: string,
): AnswerOf<Answer, Outcome> {
  assert.ok(
    hasOutcome(answer, outcome),
    `${rule}: the storage answered "${answer.outcome}", the contract asks for "${outcome}"`,
  )
  return answer
}

/** Checks an answer that the contract leaves a choice of. */
export function expectOneOf(answer: string, asked: readonly string[], rule: string): void {
  const choice = asked.map(one => `"${one}"`).join(' or ')
  assert.ok(asked.includes(answer), `${rule}: the storage answered "${answer}", the contract asks for ${choice}`)
}

export async function expectRejection(attempt: Promise<unknown>, rule: string): Promise<void> {
  const [{ status }] = await Promise.allSettled([attempt])
  assert.ok(status === 'rejected', `${rule}: the storage accepted it, the contract asks for a rejection`)
}

/** Ids in one order, for answers whose order is left to the storage. */
export function sorted(ids: readonly string[]): readonly string[] {
  return [...ids].sort()
}
