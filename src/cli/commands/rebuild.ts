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
    .description(
      'Make everything that is derived from the log (deployments, slots) anew. The log itself is not touched.',
    )
    .addHelpText('after', help)
    .action(() => rebuild(command.optsWithGlobals<Options>(), terminal));
}

const help = `
Examples:
  $ shiplog rebuild --data-dir /var/lib/shiplog`;

async function rebuild(options: Options, terminal: Terminal): Promise<void> {
  const config = await loadSettings(options, terminal.environment);
  await requireDatabase(config);
  const bar = new ProgressBar({ label: 'Rebuilding', output: terminal.err, now: terminal.now });
  const result = await maintain(config, options, terminal.environment, ({ rebuildProjections }) =>
    rebuildProjections(config, (done, total) => bar.update(done, total)),
  ).finally(() => bar.clear());
  if (options.json) return json(terminal.out, result);
  const { events, deployments, slots } = result;
  line(
    terminal.out,
    `Rebuilt ${count(deployments, 'deployment')} and ${count(slots, 'slot')} from ${count(events, 'event')}.`,
  );
}

function count(amount: number, what: string): string {
  return `${new Intl.NumberFormat('en').format(amount)} ${what}${amount === 1 ? '' : 's'}`;
}
