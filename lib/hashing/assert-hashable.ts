/**
 * Refuses passwords that cannot be hashed faithfully. Lone surrogates all become the same three bytes in UTF-8, so different
 * passwords would share a hash; U+0000 ends the password in many bcrypt implementations. Requests with either are refused
 * earlier: this is the last check.
 * @throws {TypeError} The message does not contain the password.
 */
export function assertHashable(password: string): void {
  if (!password.isWellFormed()) throw new TypeError('A password with a lone surrogate cannot be hashed')
  if (password.includes('\0')) throw new TypeError('A password with U+0000 cannot be hashed')
}
