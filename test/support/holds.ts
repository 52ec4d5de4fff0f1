import fc, { type IProperty } from 'fast-check'
import type { Test } from 'tap'

/** Asserts a property for a thousand random values; if it is false, reports the smallest value for which it is. */
export function holds<Values>(t: Test, property: IProperty<Values>): void {
  t.doesNotThrow(() => fc.assert(property, { numRuns: 1000 }))
}
