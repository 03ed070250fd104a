import { realpath, rm, writeFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { join, sep } from 'node:path';
import { AllowedHosts } from '../../http/allowed-hosts.ts';
import { AddressRefused, type OutgoingAddresses } from '../../http/outgoing-address.ts';
import { GitFailure } from './git-failure.ts';
import { gitUrl, parseRemote, type Remote } from './remote-url.ts';

/** How one call of git reaches a remote. Nothing of it is written to the mirror, but a private key for as long as it takes. */
export interface RemoteCall {
  readonly config: Readonly<Record<string, string>>;
  readonly environment: Readonly<Record<string, string>>;
  readonly protocol: string;
}

export interface RemoteCredentials {
  readonly url: string;
  readonly username: string | null;
  readonly secret: string | null;
}

interface Rules {
  readonly addresses: OutgoingAddresses;
  /** As OutgoingAddresses has them: only these may be asked without TLS. */
  readonly allowedHosts: readonly string[];
  /** Folders of this machine that hold repositories. */
  readonly folders: readonly string[];
}

/** In the folder of a mirror, which is where ssh runs; `ssh-hosts` is beside it. */
export const keyFile = 'ssh-key';

/**
 * Its only variable parts are two quoted variables. ssh reads no configuration, connects to the address that was checked,
 * and remembers the key of the host for this repository alone.
 */
const sshCommand = [
  'ssh -F /dev/null -T -i ssh-key',
  '-o HostName="$SHIPLOG_SSH_ADDRESS" -o HostKeyAlias="$SHIPLOG_SSH_HOST" -o CheckHostIP=no',
  '-o UserKnownHostsFile=ssh-hosts -o GlobalKnownHostsFile=/dev/null -o StrictHostKeyChecking=accept-new',
  '-o BatchMode=yes -o IdentitiesOnly=yes -o IdentityAgent=none -o PasswordAuthentication=no',
  '-o ProxyCommand=none -o PermitLocalCommand=no -o ControlPath=none -o ForwardAgent=no -o ClearAllForwardings=yes',
  '-o ConnectTimeout=20 -o ServerAliveInterval=15 -o ServerAliveCountMax=3',
].join(' ');

/** A remote that filters only when it is asked by somebody who may: for folders this server is both sides. */
const localUploadPack = 'git -c uploadpack.allowFilter=true -c uploadpack.allowAnySHA1InWant=true upload-pack';

/** Decides which remotes may be read, and how. */
export class RemoteAccess {
  readonly #rules: Rules;
  readonly #allowed: AllowedHosts;

  constructor(rules: Rules) {
    this.#rules = rules;
    this.#allowed = new AllowedHosts(rules.allowedHosts);
  }

  /** What is wrong with a remote, before a name is resolved; undefined: nothing. */
  async faultOf(text: string): Promise<string | undefined> {
    const remote = parseRemote(text);
    if (typeof remote === 'string') return remote;
    if (remote.kind === 'folder') return (await this.#named(remote.path)) === undefined ? folderRefused : undefined;
    if (remote.kind === 'http' && this.#isInTheClear(remote.url)) return httpRefused;
    return this.#rules.addresses.faultOf(addressUrl(remote));
  }

  /** The same for the address of a forge's API, which is sent a token. */
  faultOfApi(text: string): string | undefined {
    const fault = this.#rules.addresses.faultOf(text);
    return fault === undefined && this.#isInTheClear(new URL(text)) ? httpRefused : fault;
  }

  /**
   * Runs `work` with what git needs to reach the remote, whose address is resolved, checked and pinned. `folder` is the
   * mirror's. Throws GitFailure where the remote may not be read.
   */
  async with<T>(credentials: RemoteCredentials, folder: string, work: (call: RemoteCall) => Promise<T>): Promise<T> {
    const remote = parseRemote(credentials.url);
    if (typeof remote === 'string') throw new GitFailure(`The URL ${remote}.`);
    if (remote.kind === 'folder' && (await this.#isGone(remote.path)))
      throw new GitFailure('The folder is not there any more.');
    const fault = await this.faultOf(credentials.url);
    if (fault !== undefined) throw new GitFailure(`The URL ${fault}.`);
    const url = { 'remote.origin.url': gitUrl(remote) };
    switch (remote.kind) {
      case 'folder':
        return work({
          config: {
            'remote.origin.url': (await this.#named(remote.path)) ?? '',
            'remote.origin.uploadpack': localUploadPack,
          },
          environment: {},
          protocol: 'file',
        });
      case 'http':
        return work({
          config: { ...url, ...(await this.#httpConfig(remote, credentials)) },
          environment: {},
          protocol: remote.url.protocol.slice(0, -1),
        });
      case 'ssh':
        return this.#withKey(remote, credentials, folder, url, work);
      default:
        return remote satisfies never;
    }
  }

  async #httpConfig(remote: Remote & { kind: 'http' }, { username, secret }: RemoteCredentials) {
    const { hostname, port, protocol } = remote.url;
    const addresses = await this.#resolve(remote);
    const pinned = addresses.map((address) => (isIP(address) === 6 ? `[${address}]` : address)).join(',');
    const isName = isIP(hostname.replace(/^\[(.*)\]$/, '$1')) === 0;
    return {
      'http.followRedirects': 'false',
      'http.proxy': '',
      'http.lowSpeedLimit': '100',
      'http.lowSpeedTime': '60',
      'http.sslVerify': 'true',
      ...(isName
        ? { 'http.curloptResolve': `${hostname}:${port || (protocol === 'https:' ? 443 : 80)}:${pinned}` }
        : {}),
      ...(secret === null ? {} : { 'http.extraHeader': basic(username, secret) }),
    };
  }

  async #withKey<T>(
    remote: Remote & { kind: 'ssh' },
    { secret }: RemoteCredentials,
    folder: string,
    config: RemoteCall['config'],
    work: (call: RemoteCall) => Promise<T>,
  ): Promise<T> {
    const [address = ''] = await this.#resolve(remote);
    const key = join(folder, keyFile);
    await rm(key, { force: true });
    try {
      await writeFile(key, `${(secret ?? '').replaceAll('\r', '').trim()}\n`, { mode: 0o600, flag: 'wx' });
      return await work({
        config,
        environment: {
          GIT_SSH_COMMAND: sshCommand,
          GIT_SSH_VARIANT: 'ssh',
          SHIPLOG_SSH_ADDRESS: address,
          SHIPLOG_SSH_HOST: remote.host,
        },
        protocol: 'ssh',
      });
    } finally {
      await rm(key, { force: true });
    }
  }

  async #resolve(remote: Remote): Promise<readonly string[]> {
    try {
      return await this.#rules.addresses.resolve(new URL(addressUrl(remote)));
    } catch (error) {
      const isRefused = error instanceof AddressRefused;
      throw new GitFailure(isRefused ? error.message : 'The name of the host was not found.', { cause: error });
    }
  }

  #isInTheClear({ protocol, hostname }: URL): boolean {
    if (protocol !== 'http:') return false;
    const host = hostname.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '');
    return !(isIP(host) === 0 ? this.#allowed.hasName(host) : this.#allowed.hasAddress(host));
  }

  /** Says nothing of what lies elsewhere than in a folder that the administrator named. */
  async #isGone(path: string): Promise<boolean> {
    const real = await Promise.all(this.#rules.folders.map((folder) => realpath(folder).catch(() => folder)));
    const isNamed = [...this.#rules.folders, ...real].some((folder) => path.startsWith(folder + sep));
    return (
      isNamed &&
      !(await realpath(path).then(
        () => true,
        () => false,
      ))
    );
  }

  /** Where a folder really lies, if that is in one of those that the administrator named. */
  async #named(path: string): Promise<string | undefined> {
    const real = await realpath(path).catch(() => undefined);
    if (real === undefined || typeof parseRemote(real) === 'string') return undefined;
    const folders = await Promise.all(this.#rules.folders.map((folder) => realpath(folder).catch(() => undefined)));
    return folders.some((folder) => folder !== undefined && real.startsWith(folder + sep)) ? real : undefined;
  }
}

const httpRefused = 'must be https; an administrator can allow http to a host by SHIPLOG_WEBHOOK_ALLOWED_HOSTS';
const folderRefused =
  'must be an https or ssh URL, or a folder that an administrator allows by SHIPLOG_REPOSITORY_PATHS';

/** What OutgoingAddresses is asked for: it knows http only. */
function addressUrl(remote: Remote): string {
  if (remote.kind === 'http') return remote.url.href;
  return remote.kind === 'ssh' ? `http://${remote.host}` : '';
}

/** Tools take a token with any name. */
function basic(username: string | null, secret: string): string {
  return `Authorization: Basic ${Buffer.from(`${username ?? 'token'}:${secret}`).toString('base64')}`;
}
