import { hasherOf } from '../hashing/hasher-setting.js'
import type { CliContext } from './cli-context.js'

/** Milliseconds. Longer hashes are estimated from shorter ones, so the command takes a few seconds. */
const longestMeasurement = 1000

const defaultTarget = 250
const minimumTarget = 10
const maximumTarget = 10_000

export interface HashCostFlags {
  readonly 'target-ms'?: string | undefined
}

interface Choice {
  readonly setting: string
  /** The expected milliseconds, extrapolated from a cheaper setting. */
  readonly estimate: number
}

/** Measures one hash in milliseconds, after a hash of the least cost that loads the hasher. */
async function measure(setting: string): Promise<number> {
  const hasher = hasherOf(setting)
  await hasher.trial().hash('a password')
  const startedAt = performance.now()
  await hasher.hash('a password')
  return performance.now() - startedAt
}

function between(least: number, greatest: number, number: number): number {
  return Math.min(greatest, Math.max(least, Math.floor(number)))
}

/** Each step of the cost doubles the time. */
async function chooseBcrypt(target: number): Promise<Choice> {
  const least = await measure('bcrypt:10')
  const cost = between(10, 16, 10 + Math.log2(target / least))
  return { setting: `bcrypt:${cost}`, estimate: least * 2 ** (cost - 10) }
}

/** Uses 64 MiB, the recommendation of RFC 9106 for constrained memory, if two passes fit into the target; else 19 MiB. */
async function chooseArgon2id(target: number): Promise<Choice> {
  const kibibyte = (await measure('argon2id:m=65536,t=2,p=1')) / 2 / 65_536
  const memory = kibibyte * 65_536 * 2 <= target ? 65_536 : 19_456
  const pass = kibibyte * memory
  const passes = between(2, 64, target / pass)
  return { setting: `argon2id:m=${memory},t=${passes},p=1`, estimate: pass * passes }
}

/** Increases the lanes, which run sequentially and cost only time. A higher `ln` needs more than the 128 MiB per hash. */
async function chooseScrypt(target: number): Promise<Choice> {
  const least = await measure('scrypt')
  const lanes = between(1, 16, target / least)
  return { setting: `scrypt:ln=17,r=8,p=${lanes}`, estimate: least * lanes }
}

const choices = { bcrypt: chooseBcrypt, argon2id: chooseArgon2id, scrypt: chooseScrypt } as const

function readTarget(text: string | undefined): number {
  if (text === undefined) return defaultTarget
  const target = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN
  if (target >= minimumTarget && target <= maximumTarget) return target
  throw new Error(`--target-ms must be a whole number from ${minimumTarget} to ${maximumTarget}`)
}

async function report({ setting, estimate }: Choice, target: number): Promise<string> {
  const isMeasured = estimate <= longestMeasurement
  const milliseconds = Math.round(isMeasured ? await measure(setting) : estimate)
  const remark = estimate > target ? ', the cheapest setting allowed' : ''
  return `PASSWORD_HASHER=${setting.padEnd(30)} ${isMeasured ? '' : 'about '}${milliseconds} ms${remark}\n`
}

/**
 * `fast-auth hash-cost`: prints, for each hasher, the setting with which one hash takes about `--target-ms` on this
 * machine. Measures one hash at a time; the machine should be idle.
 * @throws {Error} The target is out of range.
 */
export async function hashCost({ stdout }: CliContext, { 'target-ms': text }: HashCostFlags): Promise<number> {
  const target = readTarget(text)
  stdout.write(`For one hash to take at most ${target} ms on this machine, set one of:\n`)
  for (const [name, choose] of Object.entries(choices)) {
    try {
      stdout.write(await report(await choose(target), target))
    } catch (error) {
      stdout.write(`${name}: ${(error as Error).message}\n`)
    }
  }
  return 0
}
