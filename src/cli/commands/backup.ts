import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { GlobalOptions } from '../global-options.ts';
import { maintain } from '../maintenance.ts';
import { addSettings, databaseSettings, loadSettings, requireDatabase } from '../server-settings.ts';
import { json, line, type Terminal } from '../terminal.ts';
import { ProgressBar } from '../view/progress-bar.ts';

type Options = GlobalOptions & Readonly<Record<string, unknown>>;

export async function configure(command: Command, terminal: Terminal): Promise<void> {
  await addSettings(command, databaseSettings);
  command
    .description('Write everything to one archive and verify it. The server may go on running.')
    .argument('<file>', 'archive to write; it must not exist')
    .addHelpText('after', help)
    .action((file: string) => writeBackup(file, command.optsWithGlobals<Options>(), terminal));
}

const help = `
The archive does not depend on the database: what was kept in SQLite can be restored into PostgreSQL and the other way
round. It holds password and token hashes; keep it as you keep the database.

Examples:
  $ shiplog backup /backups/shiplog-$(date +%F).gz --data-dir /var/lib/shiplog
  $ shiplog backup shiplog.gz --database-url postgres://shiplog@db/shiplog`;

async function writeBackup(file: string, options: Options, terminal: Terminal): Promise<void> {
  const path = resolve(file);
  const config = await loadSettings(options, terminal.environment);
  await requireDatabase(config);
  const bar = new ProgressBar({ label: 'Writing', output: terminal.err, now: terminal.now });
  const result = await maintain(config, options, terminal.environment, ({ backup }) =>
    backup(config, path, (rows) => bar.update(rows)),
  ).finally(() => bar.clear());
  if (options.json) json(terminal.out, { file: path, ...result });
  else line(terminal.out, `Wrote and verified ${path}: ${new Intl.NumberFormat('en').format(result.events)} events.`);
}
