import { BlockList, isIP } from 'node:net';

/**
 * What an administrator lets outgoing requests reach although it is not on the public internet: names
 * (`ci.internal`), all names below one (`*.corp.example`), addresses (`10.1.2.3`) and networks (`10.0.0.0/8`).
 */
export class AllowedHosts {
  readonly #names = new Set<string>();
  readonly #parents: string[] = [];
  readonly #networks = new BlockList();

  /** Takes entries as parseAllowedHosts answers them. */
  constructor(entries: readonly string[]) {
    for (const entry of entries) {
      const network = networkOf(entry);
      if (network) this.#networks.addSubnet(network.address, network.bits, network.family);
      else if (entry.startsWith('*.')) this.#parents.push(entry.slice(1));
      else this.#names.add(entry);
    }
  }

  /** `name` in lower case, without a dot at its end. */
  hasName(name: string): boolean {
    return this.#names.has(name) || this.#parents.some((parent) => name.endsWith(parent));
  }

  hasAddress(address: string): boolean {
    return this.#networks.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
  }
}

const name = /^(?:\*\.)?[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?)*$/;

/** Reads the setting. Throws an Error that says what a right entry looks like. */
export function parseAllowedHosts(text: string): readonly string[] {
  const entries = text
    .split(',')
    .map((entry) => entry.trim().toLowerCase())
    .filter((entry) => entry !== '');
  // What looks like an address and is none, such as 10.0.0/8, must not pass for a name.
  const wrong = entries.find((entry) => !networkOf(entry) && (!name.test(entry) || /^[\d.]+$/.test(entry)));
  if (wrong === undefined) return entries;
  throw new Error(
    `expected names, addresses or networks such as ci.internal, *.corp.example, 10.0.0.0/8; not "${wrong}"`,
  );
}

interface Network {
  readonly address: string;
  readonly bits: number;
  readonly family: 'ipv4' | 'ipv6';
}

function networkOf(entry: string): Network | undefined {
  const [address = '', bits, ...rest] = entry.replace(/^\[(.*)\]$/, '$1').split('/');
  const version = isIP(address);
  const most = version === 6 ? 128 : 32;
  if (version === 0 || rest.length > 0) return undefined;
  if (bits !== undefined && !(/^\d{1,3}$/.test(bits) && Number(bits) <= most)) return undefined;
  return { address, bits: bits === undefined ? most : Number(bits), family: version === 6 ? 'ipv6' : 'ipv4' };
}
