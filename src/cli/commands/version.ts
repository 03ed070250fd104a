import type { Command } from 'commander';
import packageJson from '../../../package.json' with { type: 'json' };
import type { GlobalOptions } from '../global-options.ts';
import { json, line, type Terminal } from '../terminal.ts';

export function configure(command: Command, terminal: Terminal): void {
  command.action(() => {
    const { version } = packageJson;
    if (command.optsWithGlobals<GlobalOptions>().json) json(terminal.out, { version, node: process.versions.node });
    else line(terminal.out, `shiplog ${version}`);
  });
}
