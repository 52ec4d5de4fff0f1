import type { Test } from 'tap'
import { type TestApp, type TestAppSettings, testApp } from './test-app.js'

export interface WarnedApp extends TestApp {
  /** The codes of the warnings in the log, in their order. */
  readonly warned: string[]
}

/** A test app that keeps what is warned of. */
export async function warnedApp(t: Test, settings: TestAppSettings): Promise<WarnedApp> {
  const warned: string[] = []
  const write = (line: string) => {
    const { code = '' } = JSON.parse(line)
    if (code.startsWith('FAST_AUTH_WARN_')) warned.push(code)
  }
  const server = { ...settings.server, logger: { level: 'warn', stream: { write } } }
  return { ...(await testApp(t, { ...settings, server })), warned }
}
