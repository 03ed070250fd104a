import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';
import { AllowedHosts } from './allowed-hosts.ts';

/** All addresses of a host name. Rejects where it has none. */
export type ResolveHost = (name: string) => Promise<readonly string[]>;

/** A place that this server does not send requests to. `message` is for people and names no address of ours. */
export class AddressRefused extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'AddressRefused';
  }
}

/**
 * Decides where requests that somebody else asked for may go: to the public internet, and to what an administrator
 * allows. Otherwise whoever may name a URL could reach what only this server can: its neighbours, or the metadata of its
 * cloud.
 */
export class OutgoingAddresses {
  readonly #allowed: AllowedHosts;
  readonly #resolve: ResolveHost;

  constructor(allowedHosts: readonly string[], resolve: ResolveHost = resolveByDns) {
    this.#allowed = new AllowedHosts(allowedHosts);
    this.#resolve = resolve;
  }

  /** What is wrong with a URL before anything is resolved; undefined: nothing. */
  faultOf(text: string): string | undefined {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    if (!url || !['http:', 'https:'].includes(url.protocol)) return 'must be an http or https URL';
    if (url.username !== '' || url.password !== '') return 'must not hold a user name or password';
    const host = hostOf(url);
    if (this.#allowed.hasName(host)) return undefined;
    const isOurs = host === 'localhost' || host.endsWith('.localhost');
    return isOurs || (isIP(host) !== 0 && !this.#mayReach(host)) ? refusal : undefined;
  }

  /**
   * The addresses to connect to, all of them checked: the connection must be made to one of these and to no other, since a
   * name may lead elsewhere a moment later. Throws AddressRefused, or what the resolver throws.
   */
  async resolve(url: URL): Promise<readonly string[]> {
    const fault = this.faultOf(url.href);
    if (fault !== undefined) throw new AddressRefused(`The URL ${fault}.`);
    const host = hostOf(url);
    const addresses = isIP(host) === 0 ? await this.#resolve(host) : [host];
    if (addresses.length === 0) throw new AddressRefused('The name of the host has no address.');
    if (!this.#allowed.hasName(host) && !addresses.every((address) => this.#mayReach(address)))
      throw new AddressRefused(`The URL ${refusal}.`);
    return addresses;
  }

  #mayReach(text: string): boolean {
    const address = canonical(text);
    return address !== undefined && (this.#allowed.hasAddress(address) || isPublic(address));
  }
}

const refusal =
  'leads to an address that is not public; an administrator can allow it by SHIPLOG_WEBHOOK_ALLOWED_HOSTS';

/** As names are compared, and addresses written: the URL has already turned 0x7f.1 and 2130706433 into 127.0.0.1. */
function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '');
}

async function resolveByDns(name: string): Promise<readonly string[]> {
  const found = await lookup(name, { all: true });
  return found.map(({ address }) => address);
}

/** An IPv4 address in IPv6 clothes as the IPv4 address; undefined for what is no plain address, such as fe80::1%eth0. */
function canonical(address: string): string | undefined {
  if (isIP(address) === 4) return address;
  const url = `http://[${address}]`;
  if (isIP(address) === 0 || !URL.canParse(url)) return undefined;
  const short = new URL(url).hostname.slice(1, -1);
  const [, high, low] = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(short) ?? [];
  if (high === undefined || low === undefined) return short;
  const bytes = [high, low].flatMap((part) => [Number.parseInt(part, 16) >> 8, Number.parseInt(part, 16) & 0xff]);
  return bytes.join('.');
}

function isPublic(address: string): boolean {
  if (isIP(address) === 4) return !special.check(address, 'ipv4');
  return globalUnicast.check(address, 'ipv6') && !special.check(address, 'ipv6');
}

/** Of IPv6 only 2000::/3 is the public internet (RFC 4291, section 2.4). */
const globalUnicast = networks(['2000::/3']);

/**
 * What the IANA registries of special-purpose addresses (RFC 6890) keep from the public internet, multicast, and an address
 * that Azure gives to its own services.
 */
const special = networks([
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '168.63.129.16/32',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
  '2001::/23',
  '2001:db8::/32',
  '2002::/16',
  '3fff::/20',
]);

function networks(list: readonly string[]): BlockList {
  const blocks = new BlockList();
  for (const network of list) {
    const [address = '', bits] = network.split('/');
    blocks.addSubnet(address, Number(bits), isIP(address) === 6 ? 'ipv6' : 'ipv4');
  }
  return blocks;
}
