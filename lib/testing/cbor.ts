/** The items that an authenticator sends. A map has its entries in the order in which they are encoded. */
export type CborItem = number | string | Uint8Array | ReadonlyMap<number | string, CborItem>

/** The major types of RFC 8949, section 3.1. */
const major = { unsigned: 0, negative: 1, bytes: 2, text: 3, map: 5 } as const

/** @throws {RangeError} The argument is above 65,535. */
function head(type: number, argument: number): Buffer {
  if (argument < 24) return Buffer.of((type << 5) | argument)
  if (argument < 256) return Buffer.of((type << 5) | 24, argument)
  const bytes = Buffer.of((type << 5) | 25, 0, 0)
  bytes.writeUInt16BE(argument, 1)
  return bytes
}

/**
 * Encodes an item in CBOR: integers, byte strings, texts and maps of them.
 * @throws {RangeError} An integer or a length needs more than 16 bits.
 * @see RFC 8949, section 3
 */
export function encodeCbor(item: CborItem): Buffer {
  if (typeof item === 'number') return item < 0 ? head(major.negative, -1 - item) : head(major.unsigned, item)
  if (typeof item === 'string') return Buffer.concat([head(major.text, Buffer.byteLength(item)), Buffer.from(item)])
  if (item instanceof Uint8Array) return Buffer.concat([head(major.bytes, item.length), item])
  return Buffer.concat([head(major.map, item.size), ...[...item].flat().map(encodeCbor)])
}
