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

/** How a setting was given: by its flag or its variable. */
export async function settingNames(
  options: Readonly<Record<string, unknown>>,
  environment: Environment,
): Promise<(key: keyof Config) => string> {
  const { settings } = await import('../server/config.ts');
  return (key) => {
    const setting = settings.find((candidate) => candidate.key === key);
    if (!setting) throw new RangeError(`There is no setting ${key}.`);
    return options[key] === undefined && environment[setting.variable] ? setting.variable : setting.flag;
  };
}

/** For commands that make no sense on a database that is not there yet: opening one would make it. */
export async function requireDatabase({ databaseUrl, dataDir }: Config): Promise<void> {
  const { sqliteFile } = await import('../server/db/open-database.ts');
  if (databaseUrl === undefined && !existsSync(sqliteFile(dataDir))) {
    throw new UsageError(
      `There is no database in ${dataDir}: start the server first, or name its folder with --data-dir, or --database-url`,
    );
  }
}
