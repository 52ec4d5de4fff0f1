/**
 * How many steps of a storage these verbs are. A token for nobody and a decoy count as the one step that is a token with
 * its letter: together they are as many statements.
 */
export function storageSteps(verbs: readonly string[]): number {
  const isForNobody = verbs.includes('oneTimeTokens.issue') && verbs.includes('outbox.add')
  return verbs.length - Number(isForNobody)
}
