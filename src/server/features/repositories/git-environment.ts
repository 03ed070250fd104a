import type { GitCall } from './git-program.ts';

/** What git may read and do on its own: nothing of the system, the user or the mirror decides, and nothing is run. */
const safeConfig: Readonly<Record<string, string>> = {
  'core.hooksPath': '/dev/null',
  'core.fsmonitor': 'false',
  'core.askPass': '',
  'core.logAllRefUpdates': 'false',
  'credential.helper': '',
  'protocol.allow': 'never',
  'transfer.bundleURI': 'false',
  'fetch.recurseSubmodules': 'false',
  'fetch.writeCommitGraph': 'false',
  'fetch.unpackLimit': '1',
  // What a force push takes away is kept.
  'gc.auto': '0',
  'gc.pruneExpire': 'never',
  'maintenance.auto': 'false',
  // Its memory: what remotes send is unpacked by one thread, and little of it is held.
  'pack.threads': '1',
  'pack.windowMemory': '64m',
  'pack.deltaCacheSize': '32m',
  'core.bigFileThreshold': '16m',
  'core.deltaBaseCacheLimit': '32m',
  'core.packedGitWindowSize': '16m',
  'core.packedGitLimit': '256m',
  'i18n.logOutputEncoding': 'UTF-8',
  'log.showSignature': 'false',
  'log.mailmap': 'false',
};

/** Where programs usually lie. The environment of the server is not handed on. */
const path = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/opt/homebrew/bin:/opt/local/bin';
/** All that a git process is told: made by hand, so that nothing of the server's own environment comes with it. */
export function environmentOf({ config, environment, protocol }: GitCall, home: string): Record<string, string> {
  const settings = Object.entries({
    ...safeConfig,
    ...(protocol ? { [`protocol.${protocol}.allow`]: 'always' } : {}),
    ...config,
  });
  return {
    PATH: path,
    HOME: home,
    LANG: 'C',
    LC_ALL: 'C',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_ATTR_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    GIT_ASKPASS: '',
    SSH_ASKPASS: '',
    SSH_ASKPASS_REQUIRE: 'never',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_LITERAL_PATHSPECS: '1',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_NO_LAZY_FETCH: '1',
    GIT_ALLOW_PROTOCOL: protocol ?? 'none',
    GIT_DIR: '.',
    GIT_CONFIG_COUNT: String(settings.length),
    ...Object.fromEntries(
      settings.flatMap(([key, value], index) => [
        [`GIT_CONFIG_KEY_${index}`, key],
        [`GIT_CONFIG_VALUE_${index}`, value],
      ]),
    ),
    ...environment,
  };
}
