import type { Command } from 'commander';
import { connect, type GlobalOptions } from '../global-options.ts';
import { json, line, type Terminal } from '../terminal.ts';
import { diffLines } from '../view/diff-view.ts';
import { createPaint } from '../view/paint.ts';

export function configure(command: Command, terminal: Terminal): void {
  command
    .description('Show what is live in one environment of a project and not in another, and the other way round.')
    .argument('<project>', 'its path, group/name')
    .argument('<from>', 'an environment, or the number of a deployment')
    .argument('<to>', 'an environment, or the number of a deployment')
    .addHelpText('after', help)
    .action((project: string, from: string, to: string) =>
      diff({ project, from, to }, command.optsWithGlobals<GlobalOptions>(), terminal),
    );
}

const help = `
Both are environments, or both are numbers of deployments. At most 100 changes and commits are listed.

Examples:
  $ shiplog diff shop/cart staging production
  $ shiplog diff shop/cart 4711 4790
  $ shiplog diff shop/cart staging production --json | jq -r '.missing.changes.items[].reference'`;

interface Places {
  readonly project: string;
  readonly from: string;
  readonly to: string;
}

async function diff({ project, from, to }: Places, options: GlobalOptions, terminal: Terminal): Promise<void> {
  const areNumbers = /^\d+$/.test(from) && /^\d+$/.test(to);
  const answer = await connect(options, terminal.environment).diff(
    areNumbers ? { project, from, to } : { project, from_environment: from, to_environment: to },
  );
  if (options.json) return json(terminal.out, answer);
  const { out } = terminal;
  const look = { width: out.columns, now: terminal.now(), paint: createPaint(out.colour) };
  for (const text of diffLines(answer, look)) line(out, text);
}
