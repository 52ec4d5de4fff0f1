import type { AuthMe, AuthOrganizationList, AuthResponse, AuthUser } from './generated/operations.js'
import type { OtherTabs, TabMessage } from './other-tabs.js'
import { type CurrentOrganization, noSession, type SessionHolder, type SessionState } from './session-state.js'
import type { KeptTokens, Tokens } from './token-store.js'

export interface SessionKeeper {
  /** Changes when another user signs in or the user signs out: responses to earlier requests are stale then. */
  readonly era: number
  /** Changes when there are new tokens. */
  readonly renewals: number
  /** `null` with cookies, which no script can read. */
  readonly tokens: KeptTokens | null
  began(answer: AuthResponse): Promise<void>
  renewed(answer: AuthResponse, era: number): Promise<void>
  ended(era: number): Promise<void>
  /** @param renewals when the request was sent: the organisation in an earlier response is stale. */
  saw(me: Pick<AuthMe, 'user' | 'organization'>, era: number, renewals: number): void
  changed(user: AuthUser, era: number): void
  /**
   * Follows a change of memberships, if it is one of the user in the current organisation.
   * @param changed `id` of the organisation and `userId` of the member, by default of every member
   * @param role the new role; `undefined`: none
   */
  moved(changed: Readonly<Record<string, unknown>>, role: string | undefined, era: number): void
  /**
   * Returns whether a list of organisations shows that the session acts elsewhere, or with another role.
   * @param isFirst whether it is the first page
   */
  doubts(list: AuthOrganizationList, isFirst: boolean): boolean
  hear(message: TabMessage): Promise<void>
}

export interface KeeperSettings {
  readonly holder: SessionHolder
  readonly tokens: KeptTokens | null
  tabs(): OtherTabs
}

function tokensIn({ accessToken, refreshToken }: AuthResponse): Tokens | null {
  return accessToken === undefined ? null : { accessToken, refreshToken }
}

/** Keeps what this tab knows about its session, in step with its tokens and with the other tabs. */
export function createSessionKeeper({ holder, tokens, tabs }: KeeperSettings): SessionKeeper {
  let era = 0
  let renewals = 0

  function set(session: SessionState): void {
    const { status, user } = holder.current
    if (status !== 'unknown' && session.user?.id !== user?.id) era += 1
    holder.set(session)
  }

  async function adopt(answer: AuthResponse): Promise<void> {
    const kept = tokensIn(answer)
    renewals += 1
    const isKept = kept === null ? undefined : tokens?.keep(kept)
    const { expiresAt, organization = null } = answer.session
    const session = { status: 'signed-in', user: answer.user, expiresAt, organization } as const
    set(session)
    await isKept
    tabs().notify({ session, isRenewed: true })
  }

  /** @param seen organisation in the response; `undefined`: the one that is known. */
  function update(user: AuthUser, seen: CurrentOrganization | undefined, asked: number): void {
    if (asked !== era) return
    const { expiresAt, organization } = holder.current.user?.id === user.id ? holder.current : noSession
    set({ status: 'signed-in', user, expiresAt, organization: seen === undefined ? organization : seen })
  }

  function changed(user: AuthUser, asked: number, seen?: CurrentOrganization): void {
    update(user, seen, asked)
    if (asked === era) tabs().notify({ session: holder.current, isRenewed: false })
  }

  return {
    tokens,
    changed,
    moved({ id, userId }, role, asked) {
      const { user, organization } = holder.current
      if (user && organization?.id === id && (userId ?? user.id) === user.id)
        changed(user, asked, role && organization ? { ...organization, role } : null)
    },
    doubts({ items, next }, isFirst) {
      const { organization } = holder.current
      const found = items.find(({ id, current }) => current || id === organization?.id)
      if (!found) return isFirst && !next && organization !== null
      return !found.current || found.id !== organization?.id || found.role !== organization.role
    },
    get era() {
      return era
    },
    get renewals() {
      return renewals
    },
    saw({ user, organization = null }, asked, seen) {
      update(user, seen === renewals ? organization : undefined, asked)
    },
    began(answer) {
      era += 1
      return adopt(answer)
    },
    async renewed(answer, asked) {
      if (asked === era) await adopt(answer)
    },
    async ended(asked) {
      if (asked !== era) return
      era += 1
      const isForgotten = tokens?.forget()
      set(noSession)
      await isForgotten
      tabs().notify({ session: noSession, isRenewed: false })
    },
    async hear({ session, isRenewed }) {
      // Not every store is shared by all tabs, so this tab checks the message against its own store.
      const isTrue = tokens === null || ((await tokens.reload()) !== null) === (session.status === 'signed-in')
      if (!isTrue) return
      if (isRenewed) renewals += 1
      if (session.status === 'signed-out') era += 1
      set(session)
    },
  }
}
