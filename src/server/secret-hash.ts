import { hash } from 'node:crypto';

/** What is stored of a secret that we made: it has enough entropy that a plain SHA-256 cannot be searched. */
export function hashSecret(secret: string): string {
  return hash('sha256', secret, 'hex');
}
