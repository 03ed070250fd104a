import { resolve } from 'node:path';
import type { Command } from 'commander';
import { openContextFor } from '../access/open-database.ts';
import type { GlobalOptions } from '../global-options.ts';
import { addSettings, databaseSettings } from '../server-settings.ts';
import { json, line, type Terminal } from '../terminal.ts';
import { ProgressBar } from '../view/progress-bar.ts';

type Options = GlobalOptions & Readonly<Record<string, unknown>>;

export async function configure(command: Command, terminal: Terminal): Promise<void> {
  await addSettings(command, databaseSettings);
  command
    .description('Write everything to one archive and verify it. The server may go on running.')
    .argument('<file>', 'archive to write; it must not exist')
    .addHelpText('after', help)
    .action((file: string) => backup(file, command.optsWithGlobals<Options>(), terminal));
}

const help = `
The archive does not depend on the database: what was kept in SQLite can be restored into PostgreSQL and the other way
round. It holds password hashes and token hashes; keep it as you keep the database.

Examples:
  $ shiplog backup /backups/shiplog-$(date +%F).archive --data-dir /var/lib/shiplog
  $ shiplog backup shiplog.archive --database-url postgres://shiplog@db/shiplog`;

async function backup(file: string, options: Options, terminal: Terminal): Promise<void> {
  const path = resolve(file);
  await using context = await openContextFor(options, terminal.environment);
  const bar = new ProgressBar({ label: 'Writing', total: undefined, output: terminal.err, now: terminal.now });
  const result = await context.archive.backup(path, { onProgress: (done: number) => bar.update(done) });
  bar.clear();
  if (options.json) json(terminal.out, { file: path, ...result });
  else line(terminal.out, `Wrote and verified ${path}.`);
}
