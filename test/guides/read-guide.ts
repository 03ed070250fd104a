import { readFileSync } from 'node:fs';

/** A command block of a guide, and what the guide says that it prints. */
export interface Step {
  readonly script: string;
  /** In part; undefined where the guide shows nothing. */
  readonly prints: Readonly<Record<string, unknown>> | readonly unknown[] | undefined;
  /** Typed in a terminal of its own, such as what goes on running. */
  readonly elsewhere: boolean;
}

export interface Fence {
  readonly language: string;
  readonly body: string;
}

export function guide(name: string): string {
  return readFileSync(new URL(`../../docs/guides/${name}.md`, import.meta.url), 'utf8');
}

/** The fenced blocks of a guide, exactly as printed, in their order. */
export function fencesOf(name: string): Fence[] {
  const fences = guide(name).matchAll(/^```(\w+)\n(.*?)^```$/gms);
  return [...fences].map(([, language = '', body = '']) => ({ language, body }));
}

/** What a reader types, in its order: `sh` is run, and `json` right after it is what it prints; `console` is elsewhere. */
export function stepsOf(name: string): Step[] {
  const fences = fencesOf(name);
  return fences.flatMap(({ language, body }, index) => {
    if (language !== 'sh' && language !== 'console') return [];
    const next = fences[index + 1];
    const prints = next?.language === 'json' ? JSON.parse(next.body) : undefined;
    return [{ script: body, prints, elsewhere: language === 'console' }];
  });
}

/** The one block of a language that holds a text. */
export function fenceWith(name: string, language: string, text: string): string {
  const found = fencesOf(name).filter((fence) => fence.language === language && fence.body.includes(text));
  const [only] = found;
  if (!only || found.length > 1) throw new Error(`${name} has ${found.length} blocks of ${language} with "${text}".`);
  return only.body;
}
