import { expect } from 'vitest';
import type { TestServer } from '../support/server.ts';
import { stepsOf } from './read-guide.ts';
import { Terminal } from './terminal.ts';

/** What an answer that is an error ends curl with, where it was told to look. */
const httpError = 22;

/**
 * Does all that a guide says, in its order, and holds what is printed against what it shows. What is typed elsewhere is done
 * by `elsewhere`, told what was typed and what was printed before it. Answers what the last command printed.
 */
export async function follow(
  name: string,
  server: Pick<TestServer, 'url' | 'adminToken'>,
  environment: Readonly<Record<string, string>> = {},
  elsewhere: (script: string, printed: string) => Promise<void> = async () => {},
): Promise<string> {
  await using terminal = new Terminal({
    SHIPLOG_URL: server.url,
    SHIPLOG_ADMIN_TOKEN: server.adminToken,
    ...environment,
  });
  let last = '';
  for (const { script, prints, elsewhere: isElsewhere } of stepsOf(name)) {
    if (isElsewhere) {
      await elsewhere(script, last);
      continue;
    }
    const { output, errors, exitCode } = await terminal.run(script);
    expect(errors, 'curl draws its progress over what is printed').not.toContain('% Total');
    const refused = prints !== undefined && ('error' in prints || 'message' in prints);
    expect(exitCode, `${script}\n${output}\n${errors}`).toBe(refused ? httpError : 0);
    if (prints !== undefined) expect(JSON.parse(output), script).toMatchObject(prints);
    last = output.trim();
  }
  return last;
}
