import { randomInt } from 'node:crypto';
import { crc32 } from 'node:zlib';

const prefix = 'slg_';
const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const randomLength = 32;
const checksumLength = 6;
const shape = /^slg_[0-9A-Za-z]{38}$/;

/**
 * A new token: `slg_`, 32 random base62 characters (190 bits), and the CRC32 of those in 6, so that scanners and clients
 * can tell a mistyped token without asking. Format after GitHub's published token format.
 */
export function newTokenSecret(): string {
  const random = Array.from({ length: randomLength }, () => alphabet[randomInt(alphabet.length)]).join('');
  return `${prefix}${random}${checksum(random)}`;
}

/** Whether a text can be one of our tokens at all. */
export function isTokenSecret(text: string): boolean {
  return shape.test(text) && checksum(text.slice(prefix.length, -checksumLength)) === text.slice(-checksumLength);
}

function checksum(text: string): string {
  let rest = crc32(text);
  let digits = '';
  for (let index = 0; index < checksumLength; index++) {
    digits = `${alphabet[rest % alphabet.length]}${digits}`;
    rest = Math.floor(rest / alphabet.length);
  }
  return digits;
}
