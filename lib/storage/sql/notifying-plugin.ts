import {
  AliasNode,
  IdentifierNode,
  InsertQueryNode,
  type KyselyPlugin,
  type PluginTransformQueryArgs,
  type PluginTransformResultArgs,
  RawNode,
  ReturningNode,
  type RootOperationNode,
  SelectionNode,
} from 'kysely'
import { isAnnounced } from './announcement.js'

/**
 * Sends a notification to the channel for every session or key that is written to the revocation feed. It is part of the
 * same statement and delivered at commit. Generations send one only if the statement ends in `announcement`: otherwise each
 * refresh would make every process read the feed.
 * @param channel Letters, digits and underscores.
 */
export function notifyingPlugin(channel: string): KyselyPlugin {
  const returned = (text: string) =>
    ReturningNode.create([
      SelectionNode.create(AliasNode.create(RawNode.createWithSql(text), IdentifierNode.create('notified'))),
    ])
  const notify = `pg_notify('${channel}', '')`
  const always = returned(notify)
  const withoutGenerations = returned(`case when kind <> 'generation' then ${notify} end`)

  function notified(node: RootOperationNode): RootOperationNode {
    if (!InsertQueryNode.is(node) || node.into?.table.identifier.name !== 'fast_auth_revocations') return node
    const returning = isAnnounced(node) ? always : withoutGenerations
    return { ...node, returning }
  }

  return {
    transformQuery: ({ node }: PluginTransformQueryArgs) => notified(node),
    transformResult: async ({ result }: PluginTransformResultArgs) => result,
  }
}
