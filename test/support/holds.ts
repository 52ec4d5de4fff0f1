import fc, { type IProperty } from 'fast-check'
import type { Test } from 'tap'

/** Asserts a property for a thousand random values; where it is false, says for which one, made as small as can be. */
export function holds<Values>(t: Test, property: IProperty<Values>): void {
  t.doesNotThrow(() => fc.assert(property, { numRuns: 1000 }))
}
