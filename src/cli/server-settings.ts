import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { UsageError } from './failure.ts';
import type { Environment } from './terminal.ts';

export type Config = import('../server/config.ts').Config;

/** Where the database is: what every command needs that works on it without a server. */
export const databaseSettings = ['dataDir', 'databaseUrl', 'logLevel'] as const satisfies readonly (keyof Config)[];

/** Gives a command an option for each of the server's settings, or for those named. */
export async function addSettings(command: Command, keys?: readonly (keyof Config)[]): Promise<void> {
  const { settings } = await import('../server/config.ts');
  for (const { key, flag, variable, value, fallback, description } of settings) {
    if (keys && !keys.includes(key)) continue;
    const known = [variable, ...(value && fallback !== undefined ? [`else ${fallback}`] : [])].join('; ');
    command.option(value ? `${flag} <${value.toLowerCase()}>` : flag, `${description.replace(/\.$/, '')} (${known})`);
  }
}

/** The configuration from a command's options and the environment. Throws a fault that names a wrong setting. */
export async function loadSettings(
  options: Readonly<Record<string, unknown>>,
  environment: Environment,
): Promise<Config> {
  const { loadConfig, settings } = await import('../server/config.ts');
  const given = settings.flatMap(({ key }) =>
    options[key] === undefined ? [] : [[key, String(options[key])] as const],
  );
  return loadConfig(Object.fromEntries(given), environment);
}

/** For commands that make no sense on a database that is not there yet: opening one would make it. */
export function requireDatabase({ databaseUrl, dataDir }: Config): void {
  if (databaseUrl === undefined && !existsSync(dataDir)) {
    throw new UsageError(`There is no database in ${dataDir}; name its folder with --data-dir, or --database-url`);
  }
}
