import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export interface Printed {
  readonly output: string;
  readonly errors: string;
  readonly exitCode: number;
}

/** A reader's terminal: one shell for all commands, so that what one sets the next one has. */
export class Terminal implements AsyncDisposable {
  readonly #folder = mkdtempSync(join(tmpdir(), 'shiplog-guide-'));
  readonly #shell;
  readonly #lines: AsyncIterator<string>;
  #errors = '';

  constructor(environment: Readonly<Record<string, string>>) {
    // As a person sees it: an answer that is an error does not pass for a success.
    writeFileSync(join(this.#folder, '.curlrc'), 'fail-with-body\n');
    this.#shell = spawn('bash', ['--noprofile', '--norc', '-u', '-o', 'pipefail'], {
      cwd: this.#folder,
      env: { PATH: process.env['PATH'], HOME: this.#folder, CURL_HOME: this.#folder, ...environment },
    });
    this.#shell.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#errors += text;
    });
    this.#lines = createInterface({ input: this.#shell.stdout })[Symbol.asyncIterator]();
  }

  /** Runs commands to their end. */
  async run(script: string): Promise<Printed> {
    const end = `end-of-${Math.random()}`;
    this.#errors = '';
    this.#shell.stdin.write(`${script}\nprintf '\\n%s %s\\n' '${end}' "$?"\n`);
    const output: string[] = [];
    for (;;) {
      const { value, done } = await this.#lines.next();
      if (done) throw new Error(`The shell ended at:\n${script}\n${this.#errors}`);
      if (value.startsWith(end)) {
        return { output: output.join('\n'), errors: this.#errors, exitCode: Number(value.slice(end.length)) };
      }
      output.push(value);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#shell.stdin.end();
    if (this.#shell.exitCode === null) await once(this.#shell, 'close');
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
