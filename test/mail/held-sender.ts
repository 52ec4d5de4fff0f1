import type { EmailMessage, EmailSender } from '../../lib/mail/index.js'

/** Sends nothing until it is released. */
export function heldSender() {
  const under: EmailMessage[] = []
  const signals: AbortSignal[] = []
  const releases: (() => void)[] = []
  const sender: EmailSender = {
    send(message, signal) {
      under.push(message)
      signals.push(signal)
      return new Promise(resolve => releases.push(resolve))
    },
  }
  const release = () => {
    for (const finish of releases.splice(0)) finish()
  }
  return { sender, under, signals, release }
}
