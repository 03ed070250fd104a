import { describe, expect, test } from 'vitest';
import { stepsOf } from './read-guide.ts';
import { Terminal } from './terminal.ts';

describe.each(['argo-cd', 'curl', 'gitlab-ci', 'heroku', 'set-up'])('what the guide %s reads answers with', (name) => {
  const script = stepsOf(name).find((step) => step.script.includes('field() {'))?.script ?? '';
  const declared = script.slice(0, script.indexOf('\n}\n') + 3);

  test('prints a field, and shows an answer that lacks it', async () => {
    await using terminal = new Terminal({});
    await terminal.run(declared);
    const found = await terminal.run(`printf '%s' '{"id":7,"user":{"id":8},"token":"slg_x"}' | field id`);
    expect([found.output.trim(), found.errors, found.exitCode]).toEqual(['7', '', 0]);
    const text = await terminal.run(`printf '%s' '{"id":7,"token":"slg_x"}' | field token`);
    expect(text.output.trim()).toBe('slg_x');
    const refusal = '{"message":{"path":["has already been taken"]}}';
    const missing = await terminal.run(`printf '%s' '${refusal}' | field id`);
    expect([missing.output.trim(), missing.exitCode]).toEqual(['', 1]);
    expect(missing.errors).toContain(refusal);
  });
});
