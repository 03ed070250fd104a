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
    .description('Make everything that is derived from the log (deployments, slots) anew. The log itself is not touched.')
    .addHelpText('after', help)
    .action(() => rebuild(command.optsWithGlobals<Options>(), terminal));
}

const help = `
Examples:
  $ shiplog rebuild --data-dir /var/lib/shiplog`;

async function rebuild(options: Options, terminal: Terminal): Promise<void> {
  await using context = await openContextFor(options, terminal.environment);
  const bar = new ProgressBar({ label: 'Rebuilding', total: undefined, output: terminal.err, now: terminal.now });
  const result = await context.rebuild.run({ onProgress: (done: number) => bar.update(done) });
  bar.clear();
  if (options.json) json(terminal.out, result);
  else line(terminal.out, 'Rebuilt from the log.');
}
