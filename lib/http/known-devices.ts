import { randomUUID } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { EpochMilliseconds, UserRecord } from '../storage/records.js'
import type { DeviceToken, DeviceTokens } from '../tokens/device-token.js'
import type { Transport } from './answer-issued-tokens.js'
import type { AuthCookies } from './auth-cookies.js'

export interface RememberedSignIn {
  /** With the hash of the password that was just shown or set. */
  readonly user: Pick<UserRecord, 'id' | 'passwordHash'>
  readonly transport: Transport
  readonly now: EpochMilliseconds
}

export interface KnownDevices {
  /** Returns who has recently signed in on the device of the request. Another host may have set one of several cookies. */
  devicesOf(request: FastifyRequest, now: EpochMilliseconds): readonly DeviceToken[]
  /** Makes the device a known one by setting a cookie; does nothing for clients that take their tokens from bodies. */
  remember(request: FastifyRequest, reply: FastifyReply, signIn: RememberedSignIn): void
}

export interface KnownDevicesSettings {
  readonly tokens: DeviceTokens
  readonly cookies: AuthCookies
  /** 0: no device is known. */
  readonly lifetimeSeconds: number
}

/** Recognises devices on which a user has signed in by a signed cookie; nothing is stored. */
export function createKnownDevices({ tokens, cookies, lifetimeSeconds }: KnownDevicesSettings): KnownDevices {
  function devicesOf(request: FastifyRequest, now: EpochMilliseconds): DeviceToken[] {
    const contents = cookies.devices(request).flatMap(token => tokens.read(token) ?? [])
    return contents.filter(({ issuedAt }) => now < issuedAt + lifetimeSeconds * 1000)
  }

  return {
    devicesOf,

    remember(request, reply, { user: { id: userId, passwordHash }, transport, now }) {
      if (lifetimeSeconds === 0 || transport === 'token') return
      const known = devicesOf(request, now).find(device => device.userId === userId)
      const deviceId = known?.deviceId ?? randomUUID()
      cookies.setDevice(reply, tokens.issue({ userId, deviceId, issuedAt: now }, passwordHash), lifetimeSeconds)
    },
  }
}
