import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { UsageError } from '../failure.ts';
import type { GlobalOptions } from '../global-options.ts';
import { maintain } from '../maintenance.ts';
import { addSettings, databaseSettings, loadSettings } from '../server-settings.ts';
import { json, line, type Terminal } from '../terminal.ts';
import { ProgressBar } from '../view/progress-bar.ts';

type Options = GlobalOptions & Readonly<Record<string, unknown>>;

export async function configure(command: Command, terminal: Terminal): Promise<void> {
  await addSettings(command, databaseSettings);
  command
    .description(
      'Read an archive into an empty database. The archive is verified first; nothing is kept of half a restore.',
    )
    .argument('<file>', 'archive that `shiplog backup` wrote')
    .addHelpText('after', help)
    .action((file: string) => readBackup(file, command.optsWithGlobals<Options>(), terminal));
}

const help = `
Stop the server first. An archive from SQLite goes into PostgreSQL as well, and the other way round.

Examples:
  $ shiplog restore /backups/shiplog-2026-11-20.gz --data-dir /var/lib/shiplog
  $ shiplog restore shiplog.gz --database-url postgres://shiplog@db/shiplog`;

async function readBackup(file: string, options: Options, terminal: Terminal): Promise<void> {
  const path = resolve(file);
  const config = await loadSettings(options, terminal.environment);
  if (!existsSync(path)) throw new UsageError(`There is no file ${path}`);
  const bar = new ProgressBar({ label: 'Restoring', output: terminal.err, now: terminal.now });
  const result = await maintain(config, options, terminal.environment, ({ restore }) =>
    restore(config, path, (rows) => bar.update(rows)),
  ).finally(() => bar.clear());
  if (options.json) json(terminal.out, { file: path, ...result });
  else line(terminal.out, `Restored ${new Intl.NumberFormat('en').format(result.events)} events from ${path}.`);
}
