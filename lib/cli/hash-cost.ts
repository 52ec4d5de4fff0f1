import { hasherOf } from '../passwords/hasher-setting.js'
import type { CliContext } from './cli-context.js'

/** What is longer is estimated from what is shorter, so that the whole takes a few seconds. */
const longestMeasurement = 1000

const defaultTarget = 250
const minimumTarget = 10
const maximumTarget = 10_000

export interface HashCostFlags {
  readonly 'target-ms'?: string | undefined
}

interface Choice {
  readonly setting: string
  /** How long it should take, by what cheaper ones took. */
  readonly estimate: number
}

/** One hash, after one of the least cost that loads what has to be loaded. */
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

/** 64 MiB, as RFC 9106 recommends where memory is short, if two passes over them fit into the time. */
async function chooseArgon2id(target: number): Promise<Choice> {
  const kibibyte = (await measure('argon2id:m=65536,t=2,p=1')) / 2 / 65_536
  const memory = kibibyte * 65_536 * 2 <= target ? 65_536 : 19_456
  const pass = kibibyte * memory
  const passes = between(2, 64, target / pass)
  return { setting: `argon2id:m=${memory},t=${passes},p=1`, estimate: pass * passes }
}

/** More rounds would take more memory, which is 128 MiB a hash already; more lanes, one after the other, take only time. */
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
  const remark = estimate > target ? ', and nothing cheaper is allowed' : ''
  return `PASSWORD_HASHER=${setting.padEnd(30)} ${isMeasured ? '' : 'about '}${milliseconds} ms${remark}\n`
}

/**
 * `fast-auth hash-cost`: prints what to set for one hash to take about `--target-ms` on this machine, a line for each
 * hasher. One hash after the other; the machine should be doing nothing else.
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
