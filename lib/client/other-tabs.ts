import { type Channel, runtime } from './runtime.js'
import type { SessionState } from './session-state.js'

/** A message between tabs. It never contains a token. */
export interface TabMessage {
  readonly session: SessionState
  /** Whether there are new tokens, so a refused request can be repeated. */
  readonly isRenewed: boolean
}

export interface OtherTabs {
  notify(message: TabMessage): void
  close(): void
}

function isMessage(value: unknown): value is TabMessage {
  if (typeof value !== 'object' || value === null || !('session' in value) || !('isRenewed' in value)) return false
  const { session } = value
  if (typeof session !== 'object' || session === null || !('status' in session) || !('user' in session)) return false
  return session.status === 'signed-in'
    ? typeof session.user === 'object' && session.user !== null
    : session.status === 'signed-out'
}

/** Opens a channel between the pages of this origin; `null` if the browser has or allows none. */
export function openChannel(name: string): Channel | null {
  const { BroadcastChannel } = runtime
  try {
    return BroadcastChannel === undefined ? null : new BroadcastChannel(name)
  } catch {
    // The browser does not allow channels on this page.
    return null
  }
}

/** @param name of the channel; `null`: no other tab has the same credentials. */
export function createOtherTabs(name: string | null, hear: (message: TabMessage) => void): OtherTabs {
  const channel = name === null ? null : openChannel(name)
  if (channel !== null) {
    channel.onmessage = ({ data }) => {
      if (isMessage(data)) hear(data)
    }
  }
  let isClosed = channel === null
  return {
    // An answer may come after the end. A closed channel throws, and the answer would be lost with it.
    notify(message) {
      if (!isClosed) channel?.postMessage(message)
    },
    close() {
      isClosed = true
      channel?.close()
    },
  }
}
