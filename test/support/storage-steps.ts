/**
 * How many steps of a storage these methods are. A token for nobody and a decoy count as the one step that is a token with
 * its letter: together they are as many statements.
 */
export function storageSteps(methods: readonly string[]): number {
  const isForNobody = methods.includes('oneTimeTokens.issue') && methods.includes('outbox.add')
  return methods.length - Number(isForNobody)
}
