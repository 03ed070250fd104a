import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import type { DeploymentReport } from '../../contract/deployment-event.ts';
import { linesOf } from '../../contract/lines.ts';
import { UsageError } from '../failure.ts';

/** A report with the place it was read from, for messages. */
export interface ReadReport {
  readonly report: DeploymentReport;
  /** `line 12` of NDJSON, or `item 12` of an array; counted from 1. */
  readonly place: string;
  /** Bytes of the source up to and with this report; of an array, about so many. */
  readonly bytes: number;
}

export interface ReportSource {
  readonly name: string;
  readonly bytes: number | undefined;
  readonly stream: Readable;
}

/** The named file, or standard input for `-`. */
export async function openSource(file: string, input: Readable): Promise<ReportSource> {
  if (file === '-') return { name: 'standard input', bytes: undefined, stream: input };
  const facts = await stat(file).catch((cause: NodeJS.ErrnoException) => {
    throw new UsageError(
      cause.code === 'ENOENT' ? `There is no file ${file}` : `Cannot read ${file}: ${cause.message}`,
      { cause },
    );
  });
  if (facts.isDirectory()) throw new UsageError(`${file} is a folder; name a file of reports`);
  return { name: file, bytes: facts.size, stream: createReadStream(file) };
}

/** Reads NDJSON line by line without holding more than a line, or a JSON array as a whole. */
export async function* readReports({ stream }: ReportSource): AsyncGenerator<ReadReport> {
  let number = 0;
  let bytes = 0;
  let array: string[] | undefined;
  let started = false;
  for await (const text of linesOf(stream)) {
    number += 1;
    bytes += Buffer.byteLength(text) + 1;
    if (!started && text.trim() !== '') {
      started = true;
      if (text.trimStart().startsWith('[')) array = [];
    }
    if (array) array.push(text);
    else if (text.trim() !== '') yield { report: parse(text, `line ${number}`), place: `line ${number}`, bytes };
  }
  if (array) yield* itemsOf(array.join('\n'));
}

function* itemsOf(text: string): Generator<ReadReport> {
  const items: unknown = parse(text, 'The array');
  if (!Array.isArray(items)) throw new UsageError('Expected a JSON array of reports, or one JSON object on each line.');
  for (const [index, report] of items.entries()) {
    yield {
      report: report as DeploymentReport,
      place: `item ${index + 1}`,
      bytes: Math.round((text.length * (index + 1)) / items.length),
    }; // the server checks it
  }
}

/** Only that it is JSON is looked at here: what a report must hold is the server's word. */
function parse(text: string, place: string): DeploymentReport {
  try {
    return JSON.parse(text) as DeploymentReport;
  } catch (cause) {
    throw new UsageError(`${place} is not JSON: ${(cause as Error).message}`, { cause }); // JSON.parse throws Error only
  }
}
