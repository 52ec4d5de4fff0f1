import type { ResolvedOptions } from '../resolve-options.js'
import type { WarningCode } from './warnings.js'

export interface BootContext {
  readonly isProduction: boolean
}

type IsDangerous = (options: ResolvedOptions, context: BootContext) => boolean

const thisMachine: readonly string[] = ['localhost', '127.0.0.1', '[::1]']

const isHttp = (url: string) => new URL(url).protocol === 'http:'
const isOnTheWay = (url: string) => isHttp(url) && !thisMachine.includes(new URL(url).hostname)

/** Warnings that depend on the options alone. The others are detected when requests arrive. */
const dangers: Partial<Record<WarningCode, IsDangerous>> = {
  FAST_AUTH_WARN_PUBLIC_URL_HTTP: ({ publicUrl }, { isProduction }) =>
    isProduction && publicUrl !== undefined && isOnTheWay(publicUrl),
  FAST_AUTH_WARN_TRUSTED_ORIGIN_HTTP: ({ trustedOrigins }, { isProduction }) =>
    isProduction && trustedOrigins.some(isHttp),
  FAST_AUTH_WARN_STORAGE_FORGETS: ({ storage }, { isProduction }) => isProduction && storage.reach === 'process',
  FAST_AUTH_WARN_REVOCATION_UNREAD: ({ revocation, storage }) => revocation === 'none' && storage.reach === 'network',
  FAST_AUTH_WARN_REFRESH_WITHOUT_GRACE: ({ tokenMode, refreshGraceSeconds }) =>
    tokenMode !== 'access-only' && refreshGraceSeconds === 0,
  FAST_AUTH_WARN_SAME_SITE_NONE: ({ cookies, requireOriginHeader }) =>
    cookies.sameSite === 'none' && !requireOriginHeader,
  FAST_AUTH_WARN_MAIL_UNDELIVERED: ({ email }, { isProduction }) => isProduction && email?.sender.delivers === false,
}

/** Returns the warnings of the boot. */
export function unsafeOptionWarnings(options: ResolvedOptions, context: BootContext): readonly WarningCode[] {
  const found = Object.entries(dangers).filter(([, isDangerous]) => isDangerous(options, context))
  return found.map(([code]) => code as WarningCode)
}
