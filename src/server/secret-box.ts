import { createCipheriv, createDecipheriv, createHmac, hash, randomBytes, randomUUID, scryptSync } from 'node:crypto';
import { closeSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { ShiplogFault } from './errors.ts';

interface KeySource {
  /** undefined: a key of the data folder, made when it is first needed. */
  readonly secretKey: string | undefined;
  readonly dataDir: string;
}

const keyBytes = 32;
const cipherName = 'aes-256-gcm';

/**
 * Seals secrets that must be sent on later, so that who reads the database or a backup does not read them. A sealed text
 * is `1.<id of the key>.<nonce>.<tag>.<ciphertext>`, by AES-256-GCM; the id tells a wrong key from a damaged text.
 */
export class SecretBox {
  readonly #source: KeySource;
  #key: Buffer | undefined;

  constructor(source: KeySource) {
    this.#source = source;
  }

  seal(text: string): string {
    const key = this.#keyNow();
    const nonce = randomBytes(12);
    const cipher = createCipheriv(cipherName, key, nonce);
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    const parts = [nonce, cipher.getAuthTag(), sealed].map((part) => part.toString('base64url'));
    return ['1', idOf(key), ...parts].join('.');
  }

  /** Throws `secret_sealed` where the text was sealed with another key than this server has. */
  open(sealed: string): string {
    const key = this.#keyNow();
    const [, id, ...parts] = sealed.split('.');
    const [nonce = Buffer.alloc(0), tag = Buffer.alloc(0), text = Buffer.alloc(0)] = parts.map((part) =>
      Buffer.from(part, 'base64url'),
    );
    if (id !== idOf(key)) throw sealedOtherwise();
    try {
      const decipher = createDecipheriv(cipherName, key, nonce, { authTagLength: 16 }).setAuthTag(tag);
      return Buffer.concat([decipher.update(text), decipher.final()]).toString('utf8');
    } catch (error) {
      throw sealedOtherwise(error);
    }
  }

  /** The same for the same text under the same key, and no help in guessing the text without it. */
  fingerprint(text: string): string {
    return createHmac('sha256', this.#keyNow()).update('shiplog fingerprint\0').update(text).digest('base64url');
  }

  #keyNow(): Buffer {
    const { secretKey, dataDir } = this.#source;
    this.#key ??= secretKey === undefined ? keyOfFolder(dataDir) : keyOfSetting(secretKey);
    return this.#key;
  }
}

function sealedOtherwise(cause?: unknown): ShiplogFault {
  return new ShiplogFault(
    'secret_sealed',
    'This server cannot open a secret of the database: it was sealed with another key. Set SHIPLOG_SECRET_KEY to the key it was sealed with, the same on every node.',
    { cause },
  );
}

function idOf(key: Buffer): string {
  return hash('sha256', Buffer.concat([Buffer.from('shiplog key id'), key]), 'hex').slice(0, 8);
}

/** 32 bytes in hex or base64 are the key; any other text is made into one, slowly, so that guessing is slow too. */
function keyOfSetting(text: string): Buffer {
  if (/^[0-9a-f]{64}$/i.test(text)) return Buffer.from(text, 'hex');
  if (/^[\w+/-]{43}=?$/.test(text)) return Buffer.from(text, 'base64');
  return scryptSync(text, 'shiplog secret key', keyBytes);
}

/** Several processes may come here at once: the first to link its file wins, and all read that one. */
function keyOfFolder(folder: string): Buffer {
  const path = join(folder, 'secret.key');
  const known = read(path);
  if (known) return known;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const draft = `${path}.${randomUUID()}`;
  const file = openSync(draft, 'wx', 0o600);
  try {
    writeSync(file, `${randomBytes(keyBytes).toString('hex')}\n`);
    fsyncSync(file);
    linkSync(draft, path);
  } catch (error) {
    if (!isExisting(error)) throw error;
  } finally {
    closeSync(file);
    rmSync(draft, { force: true });
  }
  const key = read(path);
  if (!key) throw new ShiplogFault('internal', `${path} could not be read after it was written.`);
  return key;
}

function read(path: string): Buffer | undefined {
  try {
    return keyOfSetting(readFileSync(path, 'utf8').trim());
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function isExisting(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EEXIST';
}
