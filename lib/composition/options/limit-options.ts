import { Type } from '@sinclair/typebox'
import type { MakeLimitCounters } from '../../limits/limit-counters.js'

const figure = (maximum: number, byDefault: number) =>
  Type.Optional(Type.Integer({ minimum: 0, maximum, default: byDefault }))
const seconds = (minimum: number, maximum: number, byDefault: number) =>
  Type.Optional(Type.Integer({ minimum, maximum, default: byDefault }))

const million = 1_000_000
const hour = 3600
const day = 86_400

/**
 * Limits on costly requests and on guessing. 0 turns a limit off. A network is `request.ip`, or the first 64 bits of an IPv6
 * address. Limits of hashes, wrong passwords and messages per network count wider networks too: a /56 may do twice as much as
 * a /64, a /48 four times as much, and a /24 of IPv4 four times as much as an address.
 */
export const LimitOptions = Type.Object(
  {
    /**
     * Turns all limits and the device cookie on. Set it to `false` if your application has limits of its own.
     * @default true
     */
    enabled: Type.Optional(Type.Boolean({ default: true })),
    /**
     * Creates counters that all processes share: a limiter of the package rate-limiter-flexible, or an object like one.
     * @default none: each process counts separately, in memory
     * @example
     * ```ts
     * import { Redis } from 'ioredis'
     * import { RateLimiterRedis } from 'rate-limiter-flexible'
     *
     * const storeClient = new Redis('redis://127.0.0.1:6379')
     * await app.register(fastAuth, {
     *   secrets,
     *   storage,
     *   limits: { counters: settings => new RateLimiterRedis({ storeClient, ...settings }) },
     * })
     * ```
     */
    counters: Type.Optional(
      Type.Unsafe<MakeLimitCounters>(
        Type.Unknown({ description: 'a function that makes a limiter of the package rate-limiter-flexible' }),
      ),
    ),
    /**
     * Maximum duration of a call to the shared counters, in seconds. If it is exceeded, this process counts by itself.
     * @default 0.5
     */
    countersTimeoutSeconds: Type.Optional(Type.Number({ minimum: 0.05, maximum: 10, default: 0.5 })),
    /**
     * Maximum number of counters of each kind that a process holds in memory.
     * @default 20_000
     */
    maximumCounters: Type.Optional(Type.Integer({ minimum: 100, maximum: 10 * million, default: 20_000 })),
    /**
     * Maximum number of requests of a network to one route per minute.
     * @default 600
     * @see OWASP ASVS 5.0, 2.4.1
     */
    requestsPerMinute: figure(million, 600),
    /**
     * Maximum number of requests of a network per minute to one route that hashes a password or sends a message.
     * @default 60
     */
    costlyRequestsPerMinute: figure(million, 60),
    /**
     * Maximum number of passwords of a network that are hashed per minute, by all routes together. Known devices, live sessions
     * and mailed links do not count for the network: each user has the same number for these.
     * @default 120
     */
    hashesPerNetworkPerMinute: figure(million, 120),
    /**
     * Counts requests in `counters` too. Otherwise each process counts its own requests, so no request waits for the counters.
     * @default false
     */
    shareRequests: Type.Optional(Type.Boolean({ default: false })),
    /**
     * Number of wrong passwords for an account, from one network or one known device, before the first wait. Ten known devices
     * of an account have a count each; all others share one. Also applies to signed-in users who enter the password again.
     * @default 5
     * @see OWASP ASVS 5.0, 6.3.1
     */
    freeGuesses: figure(1000, 5),
    /**
     * Duration of the first wait, in seconds. Each further wrong password doubles it.
     * @default 1
     */
    firstDelaySeconds: seconds(1, hour, 1),
    /**
     * Maximum duration of a wait, in seconds.
     * @default 900 (15 minutes)
     */
    maximumDelaySeconds: seconds(1, day, 900),
    /**
     * Time after the first wrong password when the count is reset, in seconds.
     * @default 86_400 (1 day)
     */
    forgetGuessesAfterSeconds: seconds(60, 30 * day, day),
    /**
     * Maximum number of wrong passwords from one network, for all accounts, per hour. Known devices do not count.
     * @default 100
     */
    failuresPerNetworkPerHour: figure(million, 100),
    /**
     * Maximum number of wrong passwords for one account, from all networks, per hour. Known devices have three times as many
     * together; sessions and mailed links have four times as many.
     * @default 50
     */
    failuresPerAccountPerHour: figure(million, 50),
    /**
     * Time for which a device stays known after a sign-in with cookies or a new password, in seconds. A new password ends it
     * for all other devices. 0: no device is known.
     * @default 15_552_000 (180 days)
     * @see OWASP, Slow Down Online Guessing Attacks with Device Cookies
     */
    deviceLifetimeSeconds: Type.Optional(Type.Integer({ minimum: 0, maximum: 400 * day, default: 180 * day })),
    /**
     * Maximum number of invalid API keys from one network per minute. Beyond it, invalid keys get 429. Valid keys always pass.
     * @default 60
     */
    apiKeyFailuresPerMinute: figure(million, 60),
    /**
     * Maximum number of messages of one purpose to one address per hour, or per lifetime of their links if that is shorter.
     * Beyond it, no message is sent, the response is the same, and the last link stays valid.
     * @default 5
     */
    mailsPerAddressPerHour: figure(million, 5),
    /**
     * Maximum number of messages that one signed-in user may cause per hour. Invitations do not count.
     * @default 10
     */
    mailsPerAccountPerHour: figure(million, 10),
    /**
     * Maximum number of invitations that the members of one organisation may send per hour, and that one user may send in all
     * organisations.
     * @default 50
     */
    mailsPerOrganizationPerHour: figure(million, 50),
    /**
     * Maximum number of messages that one network may cause, to all addresses, per hour. At most a quarter of `mailsPerHour`.
     * @default 100
     */
    mailsPerNetworkPerHour: figure(million, 100),
    /**
     * Maximum number of messages that all clients together may cause per hour. Beyond it, password resets wait in the outbox,
     * and all other requests that send messages get 429.
     * @default 10_000
     */
    mailsPerHour: figure(100 * million, 10_000),
  },
  { additionalProperties: false },
)
