import { resolveOptions } from '../../lib/composition/options/resolve-options.js'

/** Returns the code and the message with which the options are refused; `null` if they are not. */
export function bootRefusal(options: unknown, { isProduction = false } = {}): { code: string; message: string } | null {
  try {
    resolveOptions(options, { isProduction })
    return null
  } catch (error) {
    const { code, message } = error as Error & { code: string }
    return { code, message }
  }
}
