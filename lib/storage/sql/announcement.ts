import { type InsertQueryNode, type OperationNode, RawNode, sql } from 'kysely'

const comment = '/* announced */'

/**
 * Ends a statement that adds lines of kind `generation` to the feed which other processes must read soon. Elsewhere it is a comment.
 * `notifyingPlugin` announces lines of the other kinds in any case.
 */
export const announcement = sql.raw(comment)

const isComment = (node: OperationNode) => RawNode.is(node) && node.sqlFragments.includes(comment)

/** Checks whether a statement ends in `announcement`. */
export function isAnnounced({ endModifiers = [] }: InsertQueryNode): boolean {
  return endModifiers.some(isComment)
}
