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

/**
 * Sends a notification to the channel for every session or key that is written to the revocation feed. It is part of the
 * same statement and delivered at commit. Superseded generations send none: each refresh would make every process read the
 * feed.
 * @param channel Letters, digits and underscores.
 */
export function notifyingPlugin(channel: string): KyselyPlugin {
  const notify = RawNode.createWithSql(`case when kind <> 'generation' then pg_notify('${channel}', '') end`)
  const returning = ReturningNode.create([
    SelectionNode.create(AliasNode.create(notify, IdentifierNode.create('notified'))),
  ])

  function notified(node: RootOperationNode): RootOperationNode {
    const isLine = InsertQueryNode.is(node) && node.into?.table.identifier.name === 'fast_auth_revocations'
    return isLine ? { ...node, returning } : node
  }

  return {
    transformQuery: ({ node }: PluginTransformQueryArgs) => notified(node),
    transformResult: async ({ result }: PluginTransformResultArgs) => result,
  }
}
