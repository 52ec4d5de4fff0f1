import { Type } from '@sinclair/typebox'
import type { MakeLimitCounters } from '../limits/limit-counters.js'

const figure = (maximum: number, byDefault: number) =>
  Type.Optional(Type.Integer({ minimum: 0, maximum, default: byDefault }))
const seconds = (minimum: number, maximum: number, byDefault: number) =>
  Type.Optional(Type.Integer({ minimum, maximum, default: byDefault }))

const million = 1_000_000
const hour = 3600
const day = 86_400

/** Limits for costly requests and for guessing. 0 turns a limit off. A network is `request.ip`, or the first 64 bits of an IPv6 address. */
export const LimitOptions = Type.Object(
  {
    /** `false`: no limits and no device cookie; the application has its own limits. */
    enabled: Type.Optional(Type.Boolean({ default: true })),
    /** Shared counters of several processes, such as `settings => new RateLimiterRedis({ storeClient, ...settings })` of the package rate-limiter-flexible. Without it each process counts separately, in memory. */
    counters: Type.Optional(
      Type.Unsafe<MakeLimitCounters>(
        Type.Unknown({ description: 'a function that makes a limiter of the package rate-limiter-flexible' }),
      ),
    ),
    /** How long the shared counters may take before this process counts by itself. */
    countersTimeoutSeconds: Type.Optional(Type.Number({ minimum: 0.05, maximum: 10, default: 0.5 })),
    /** Maximum number of counters of each kind that a process holds in memory. */
    maximumCounters: Type.Optional(Type.Integer({ minimum: 100, maximum: 10 * million, default: 20_000 })),
    /** Requests of a network to one route per minute. */
    requestsPerMinute: figure(million, 600),
    /** The same for routes that hash a password or send mail. */
    costlyRequestsPerMinute: figure(million, 60),
    /** Passwords of one network that are hashed, by all routes together, in a minute. A /56 has twice as many as a /64, a /48 four times as many, and so has a /24 of IPv4. Known devices, live sessions and mailed links are not counted there: each user has as many by them. */
    hashesPerNetworkPerMinute: figure(million, 120),
    /** Also count requests in `counters`. Otherwise each process counts its own, so no request waits for the counters. */
    shareRequests: Type.Optional(Type.Boolean({ default: false })),
    /** Wrong passwords for an account, from one network or one known device, before the first wait. Ten known devices of an account have a count each; all others share one. Also applies to signed-in users who are asked for the password again. */
    freeGuesses: figure(1000, 5),
    /** The first wait. Each further wrong password doubles it. */
    firstDelaySeconds: seconds(1, hour, 1),
    /** The longest wait. */
    maximumDelaySeconds: seconds(1, day, 900),
    /** How long after the first wrong password the count is reset. */
    forgetGuessesAfterSeconds: seconds(60, 30 * day, day),
    /** Wrong passwords from one network, for all accounts, per hour. A /56 has twice as many as a /64, a /48 four times as many, and so has an IPv4 /24. Known devices are not counted. */
    failuresPerNetworkPerHour: figure(million, 100),
    /** Wrong passwords for one account, from all networks, per hour. Known devices are not counted here: those of an account have three times as many together, and its sessions and mailed links four times as many. */
    failuresPerAccountPerHour: figure(million, 50),
    /** How long a device stays known after a sign-in with cookies or a new password. A new password ends it for all other devices. 0: no device is known. */
    deviceLifetimeSeconds: Type.Optional(Type.Integer({ minimum: 0, maximum: 400 * day, default: 180 * day })),
    /** Invalid API keys from one network per minute before the answer is 429. Valid keys always pass. */
    apiKeyFailuresPerMinute: figure(million, 60),
    /** Messages of one purpose to one address per hour, or per lifetime of their links if that is shorter. Above it no message is sent, the answer is the same, and the last link stays valid. */
    mailsPerAddressPerHour: figure(million, 5),
    /** Messages that one signed-in user may cause per hour. */
    mailsPerAccountPerHour: figure(million, 10),
    /** Messages that one network may cause, to all addresses, per hour: at most a quarter of `mailsPerHour`. A /56 may cause twice as many as a /64, a /48 four times as many, and so may an IPv4 /24. */
    mailsPerNetworkPerHour: figure(million, 100),
    /** Messages that all clients together may cause per hour. Above it password resets wait in the outbox, and all other requests that send mail get 429. */
    mailsPerHour: figure(100 * million, 10_000),
  },
  { additionalProperties: false },
)
