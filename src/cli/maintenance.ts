import type { GlobalOptions } from './global-options.ts';
import { type Config, settingNames } from './server-settings.ts';
import { explainStart } from './start-failure.ts';
import type { Environment } from './terminal.ts';

type Maintenance = typeof import('../server/maintenance.ts');

/** Works on a database without a server. What keeps it from being opened is told as the setting that is wrong. */
export async function maintain<T>(
  config: Config,
  options: GlobalOptions,
  environment: Environment,
  work: (maintenance: Maintenance) => Promise<T>,
): Promise<T> {
  const maintenance = await import('../server/maintenance.ts');
  const nameOf = await settingNames({ ...options }, environment);
  return work(maintenance).catch((error: unknown) => {
    throw error instanceof maintenance.NotOpened ? explainStart(error.cause, config, nameOf) : error;
  });
}
