import { AuthError } from '../auth-error.js'
import { withDeadline } from '../deadline.js'
import { openChannel } from '../other-tabs.js'
import { runtime } from '../runtime.js'
import { leaveMark, takeMark } from './tab-marks.js'

/** How the visit of a window has ended. */
export type WindowVisit =
  | { readonly fragment: string; readonly error?: undefined }
  | { readonly fragment?: undefined; readonly error: AuthError<'ABORTED' | 'PROVIDER_CANCELLED'> }

/** A window that was opened for a provider: the page of the application stays as it is. */
export interface ProviderWindow {
  /** Sends the window to a provider, and waits until it has returned. Closes it. */
  visit(url: string, signal: AbortSignal | undefined): Promise<WindowVisit>
  close(): void
}

/** The error of a user who does not come back from a provider. */
export function cancelled(): AuthError<'PROVIDER_CANCELLED'> {
  return new AuthError('PROVIDER_CANCELLED', 'The user has closed the window')
}

/** A message between the window and the page that has opened it. */
interface WindowMessage {
  /** Other windows have other ids. */
  readonly id: string
  /** The fragment with which the window has returned; `null` if the page has taken it. */
  readonly fragment: string | null
}

/** The window keeps this mark, even if a provider separates it from the page that has opened it. */
const markName = 'fast-auth window'

/** How often the page checks whether the user has closed the window, in milliseconds. */
const pauseMilliseconds = 250

/** How long a window waits for the page that has opened it, in milliseconds. */
const patienceMilliseconds = 1_000

function isMessage(value: unknown): value is WindowMessage {
  return typeof value === 'object' && value !== null && 'id' in value && 'fragment' in value
}

/**
 * Opens a window. Call it before anything asynchronous: browsers open windows only in response to a click.
 * @returns `null` if the browser opens none, or if pages cannot send each other messages
 */
export function openProviderWindow(channelName: string): ProviderWindow | null {
  const channel = openChannel(channelName)
  const opened = channel === null ? null : runtime.open?.('', '_blank', 'popup,width=500,height=650')
  if (channel === null || !opened) {
    channel?.close()
    return null
  }
  const own = String(Math.random())
  leaveMark(opened, markName, own)

  function close(): void {
    channel?.close()
    opened?.close()
  }

  /** A window that a provider has separated from this page looks closed, but has the focus. */
  const isClosed = () => opened.closed && runtime.document?.hasFocus?.() !== false

  return {
    close,
    async visit(url, signal) {
      let timer: ReturnType<typeof setInterval> | undefined
      const visit = await new Promise<WindowVisit>(resolve => {
        channel.onmessage = ({ data }) => {
          if (!isMessage(data) || data.id !== own || data.fragment === null) return
          channel.postMessage({ id: own, fragment: null } satisfies WindowMessage)
          resolve({ fragment: data.fragment })
        }
        timer = setInterval(() => {
          if (signal?.aborted) resolve({ error: new AuthError('ABORTED', 'The caller has given up') })
          else if (isClosed()) resolve({ error: cancelled() })
        }, pauseMilliseconds)
        opened.location.replace(url)
      })
      clearInterval(timer)
      close()
      return visit
    },
  }
}

/**
 * If this page is in a window that was opened for a provider, passes the fragment to the page that has opened it.
 * @returns `null` in other windows; otherwise whether that page has taken the fragment
 */
export async function passToOpener(channelName: string, fragment: string): Promise<boolean | null> {
  const own = takeMark(markName)
  const channel = own === null ? null : openChannel(channelName)
  if (own === null || channel === null) return null
  const isTaken = await withDeadline(
    patienceMilliseconds,
    signal =>
      new Promise<boolean>(resolve => {
        channel.onmessage = ({ data }) => {
          if (isMessage(data) && data.id === own && data.fragment === null) resolve(true)
        }
        signal.addEventListener('abort', () => resolve(false))
        channel.postMessage({ id: own, fragment } satisfies WindowMessage)
      }),
  )
  channel.close()
  if (isTaken) runtime.close?.()
  return isTaken
}
