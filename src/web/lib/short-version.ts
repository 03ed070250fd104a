import { inOneLine } from './visible-marks.ts';

interface Identified {
  readonly version?: string | undefined;
  readonly sha?: string | undefined;
  readonly ref?: string | undefined;
  readonly run_number?: number | undefined;
}

/** What a deployment is called in little space: its version, else its short sha, else its ref, else its run. */
export function shortVersion({ version, sha, ref, run_number }: Identified): string {
  const name =
    version ??
    (sha === undefined ? undefined : shortSha(sha)) ??
    ref ??
    (run_number === undefined ? 'no version' : `run ${run_number}`);
  return inOneLine(name);
}

/** Seven characters of a commit's hash; any other text is left as it is. */
export function shortSha(sha: string): string {
  return /^[0-9a-f]{8,}$/i.test(sha) ? sha.slice(0, 7) : inOneLine(sha);
}
