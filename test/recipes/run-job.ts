import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { shiplogFile } from '../support/run-shiplog.ts';
import type { Step } from './read-recipe.ts';

export interface JobResult {
  readonly outcome: 'success' | 'failure';
  /** What all steps printed. */
  readonly output: string;
}

export interface JobOptions {
  readonly steps: readonly Step[];
  readonly environment: Readonly<Record<string, string>>;
  /** What `./deploy.sh` ends with. */
  readonly deploy: 'success' | 'failure';
  /** What the tool tells a step of the job so far. */
  readonly status?: (outcome: JobResult['outcome']) => Readonly<Record<string, string>>;
  /** Fills in what the tool fills in in the environment of a step. */
  readonly expand?: (value: string, outcome: JobResult['outcome']) => string;
}

/** Runs the steps of a job as a CI tool does: one process each, and after a failure only those that always run. */
export async function runJob(options: JobOptions): Promise<JobResult> {
  const { steps, environment, deploy, status = () => ({}), expand = (value) => value } = options;
  const folder = mkdtempSync(join(tmpdir(), 'shiplog-recipe-'));
  const tools = join(folder, 'bin');
  const temporary = join(folder, 'tmp');
  for (const path of [tools, temporary]) mkdirSync(path);
  executable(join(folder, 'deploy.sh'), `#!/bin/sh\nexit ${deploy === 'success' ? 0 : 1}\n`);
  executable(join(tools, 'shiplog'), `#!/bin/sh\nexec "${process.execPath}" "${shiplogFile}" "$@"\n`);
  let outcome: JobResult['outcome'] = 'success';
  let output = '';
  try {
    for (const step of steps) {
      if (outcome === 'failure' && !step.always) continue;
      const so = outcome;
      const own = Object.entries(step.environment).map(([name, value]) => [name, expand(String(value), so)] as const);
      const [command, ...args] = step.shell;
      const child = spawn(command, args, {
        cwd: folder,
        env: {
          PATH: `${tools}${delimiter}${process.env['PATH']}`,
          HOME: folder,
          RUNNER_TEMP: temporary,
          AGENT_TEMPDIRECTORY: temporary,
          ...environment,
          ...status(outcome),
          ...Object.fromEntries(own),
        },
      });
      for (const stream of [child.stdout, child.stderr]) {
        stream.setEncoding('utf8').on('data', (text: string) => {
          output += text;
        });
      }
      child.stdin.end(step.script);
      const [code] = await once(child, 'close');
      if (code !== 0) outcome = 'failure';
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return { outcome, output };
}

function executable(path: string, text: string): void {
  writeFileSync(path, text);
  chmodSync(path, 0o755);
}
