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
 * Checks that both values are deeply equal; `rule` is a sentence of the contract. Compares clones: prototypes do not matter,
 * and under jest there are several `Object` constructors.
 */
export function expectEqual(actual: unknown, asked: unknown, rule: string): void {
  const difference = `the storage gave ${JSON.stringify(actual)}, the contract asks for ${JSON.stringify(asked)}`
  assert.deepStrictEqual(structuredClone(actual), structuredClone(asked), `${rule}: ${difference}`)
}

/** Checks the outcome and returns the answer, narrowed to the type with this outcome. */
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

/** Checks an answer for which the contract allows several values. */
export function expectOneOf(answer: string, asked: readonly string[], rule: string): void {
  const choice = asked.map(one => `"${one}"`).join(' or ')
  assert.ok(asked.includes(answer), `${rule}: the storage answered "${answer}", the contract asks for ${choice}`)
}

export async function expectRejection(attempt: Promise<unknown>, rule: string): Promise<void> {
  const [{ status }] = await Promise.allSettled([attempt])
  assert.ok(status === 'rejected', `${rule}: the storage accepted it, the contract asks for a rejection`)
}

/** Sorts ids, for answers in an order that the contract does not define. */
export function sorted(ids: readonly string[]): readonly string[] {
  return [...ids].sort()
}
