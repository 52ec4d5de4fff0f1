import { Type } from '@sinclair/typebox'
import type { MakeLimitCounters } from '../limits/limit-counters.js'

const figure = (maximum: number, byDefault: number) =>
  Type.Optional(Type.Integer({ minimum: 0, maximum, default: byDefault }))
const seconds = (minimum: number, maximum: number, byDefault: number) =>
  Type.Optional(Type.Integer({ minimum, maximum, default: byDefault }))

const million = 1_000_000
const hour = 3600
const day = 86_400

/** How often people may do what costs, or what guesses. 0 turns a limit off. A network is `request.ip`, of IPv6 its first 64 bits. */
export const LimitOptions = Type.Object(
  {
    /** `false`: no limit at all, and no device cookie; the application limits by itself. */
    enabled: Type.Optional(Type.Boolean({ default: true })),
    /** Where several processes count together, such as `settings => new RateLimiterRedis({ storeClient, ...settings })` of the package rate-limiter-flexible. Without it each counts by itself, in memory. */
    counters: Type.Optional(
      Type.Unsafe<MakeLimitCounters>(
        Type.Unknown({ description: 'a function that makes a limiter of the package rate-limiter-flexible' }),
      ),
    ),
    /** How long those counters may take before this process counts by itself. */
    countersTimeoutSeconds: Type.Optional(Type.Number({ minimum: 0.05, maximum: 10, default: 0.5 })),
    /** How many counters of each kind a process holds in memory at most. */
    maximumCounters: Type.Optional(Type.Integer({ minimum: 100, maximum: 10 * million, default: 20_000 })),
    /** Requests of a network to one route, in a minute. */
    requestsPerMinute: figure(million, 600),
    /** The same for routes that hash a password or send mail. */
    costlyRequestsPerMinute: figure(million, 60),
    /** Count requests in `counters` too. Otherwise each process counts its own: then no request waits for it. */
    shareRequests: Type.Optional(Type.Boolean({ default: false })),
    /** Wrong passwords for an account, from one network or one known device, before the first wait; and by whoever is signed in and asked for the password again. */
    freeGuesses: figure(1000, 5),
    /** The first wait. Each further wrong password doubles it. */
    firstDelaySeconds: seconds(1, hour, 1),
    /** The longest wait. */
    maximumDelaySeconds: seconds(1, day, 900),
    /** Wrong passwords are forgotten so long after the first of them. */
    forgetGuessesAfterSeconds: seconds(60, 30 * day, day),
    /** Wrong passwords from one network, for any accounts, in an hour. A /56 has twice as many as a /64, a /48 four times as many, and so has a /24 of IPv4. Known devices are not counted. */
    failuresPerNetworkPerHour: figure(million, 100),
    /** Wrong passwords for one account, from whatever networks, in an hour. Known devices are not counted. */
    failuresPerAccountPerHour: figure(million, 50),
    /** For so long a device is known where somebody has signed in with cookies. 0: none is. */
    deviceLifetimeSeconds: Type.Optional(Type.Integer({ minimum: 0, maximum: 400 * day, default: 180 * day })),
    /** API keys from one network that are not good, in a minute, before the answer is 429. Good ones always pass. */
    apiKeyFailuresPerMinute: figure(million, 60),
    /** Messages of one purpose to one address, in an hour, or in the lifetime of their links if that is shorter. Past it no message is sent, the answer is the same, and the last link stays good. */
    mailsPerAddressPerHour: figure(million, 5),
    /** Messages that one signed-in user may cause, in an hour. */
    mailsPerAccountPerHour: figure(million, 10),
    /** Messages that one network may cause, to any addresses, in an hour: at most a quarter of `mailsPerHour`. A /56 may cause twice as many as a /64, a /48 four times as many, and so may a /24 of IPv4. */
    mailsPerNetworkPerHour: figure(million, 100),
    /** Messages that all clients together may cause, in an hour. Past it password resets wait in the outbox, and everything else gets 429. */
    mailsPerHour: figure(100 * million, 10_000),
  },
  { additionalProperties: false },
)
