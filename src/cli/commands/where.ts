import type { Command } from 'commander';
import { connect, type GlobalOptions } from '../global-options.ts';
import { json, line, type Terminal } from '../terminal.ts';
import { createPaint } from '../view/paint.ts';
import { whereLines } from '../view/where-view.ts';

export function configure(command: Command, terminal: Terminal): void {
  command
    .description(
      'Say where a commit, a merge or pull request or a version is live, since when, and by which deployment.',
    )
    .argument('<what>', 'a sha or its beginning, !12, #12, group/project!12, a version, a ticket or words of a title')
    .addHelpText('after', help)
    .action((what: string) => where(what, command.optsWithGlobals<GlobalOptions>(), terminal));
}

const help = `
Most shells want quotes around !12 and #12.

Examples:
  $ shiplog where 4f2a91c
  $ shiplog where 'shop/cart!12'
  $ shiplog where 1.8.2
  $ shiplog where PAY-311 --json | jq -r '.items[].places[] | select(.state == "live") | .environment'`;

async function where(what: string, options: GlobalOptions, terminal: Terminal): Promise<void> {
  const answer = await connect(options, terminal.environment).where(what);
  if (options.json) return json(terminal.out, answer);
  const { out, err } = terminal;
  const look = { width: out.columns, now: terminal.now(), paint: createPaint(out.colour) };
  for (const text of whereLines(answer.items, look)) line(out, text);
  if (answer.items.length === 0) line(err, 'Nothing of that name is known, or you may not see it.');
  if (answer.more) line(err, 'There is more than is shown. Say it more exactly.');
  if (answer.repository.reason !== null) line(err, answer.repository.reason);
}
