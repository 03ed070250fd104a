import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const modules = fileURLToPath(new URL('../../node_modules', import.meta.url));

/** A folder with what a guide's reader saves in it, where the packages that the guide installs are found. */
export class ProgramFolder implements AsyncDisposable {
  readonly #path = mkdtempSync(join(tmpdir(), 'shiplog-program-'));
  readonly #running: ReturnType<typeof spawn>[] = [];

  constructor() {
    symlinkSync(modules, join(this.#path, 'node_modules'));
  }

  save(file: string, text: string): void {
    writeFileSync(join(this.#path, file), text);
    if (text.startsWith('#!')) chmodSync(join(this.#path, file), 0o755);
  }

  /** The lines of a file; none where there is no such file. */
  lines(file: string): string[] {
    const path = join(this.#path, file);
    return existsSync(path) ? readFileSync(path, 'utf8').split('\n').filter(Boolean) : [];
  }

  /** Starts a program, which ends with the folder, and waits for its first line. */
  async start(file: string, environment: Readonly<Record<string, string>>): Promise<void> {
    const child = spawn(process.execPath, [file], {
      cwd: this.#path,
      env: { PATH: process.env['PATH'], ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#running.push(child);
    let errors = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      errors += text;
    });
    const lines = createInterface({ input: child.stdout });
    const line = once(lines, 'line').then(() => true);
    const closed = once(child, 'close').then(() => false);
    if (!(await Promise.race([line, closed]))) throw new Error(`${file} ended:\n${errors}`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const child of this.#running) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      const closed = once(child, 'close');
      child.kill();
      await closed;
    }
    rmSync(this.#path, { recursive: true, force: true });
  }
}
