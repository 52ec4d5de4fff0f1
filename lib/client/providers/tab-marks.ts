import { runtime, type TabStorage } from '../runtime.js'

interface Marked {
  readonly sessionStorage?: TabStorage
}

/** Leaves a mark in a tab for the pages of this origin that follow in it. Without storage, there is none. */
export function leaveMark(tab: Marked, name: string, value: string): void {
  try {
    tab.sessionStorage?.setItem(name, value)
  } catch {
    // The browser does not allow storage on this page.
  }
}

/** Removes a mark of this tab. Returns its value, or `null` if there is none. */
export function takeMark(name: string): string | null {
  try {
    const value = runtime.sessionStorage?.getItem(name) ?? null
    runtime.sessionStorage?.removeItem(name)
    return value
  } catch {
    return null
  }
}
