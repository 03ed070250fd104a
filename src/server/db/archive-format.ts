import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { linesOf } from '../../contract/lines.ts';
import { ShiplogFault } from '../errors.ts';
import type { Cell, Columns } from './database.ts';

/**
 * An archive is gzipped lines of JSON: a header, then for each table its name and columns followed by its rows as
 * arrays, then a footer with the number of rows and the SHA-256 of everything before it. It does not depend on the
 * database.
 *
 *   {"archive":"shiplog","format":1,"migrations":1}
 *   {"table":"projects","columns":{"id":"bigint","name":"text"}}
 *   [1,"checkout"]
 *   {"rows":1,"sha256":"..."}
 */
export interface ArchiveHeader {
  readonly archive: 'shiplog';
  readonly format: 1;
  /** How many migrations the database had. */
  readonly migrations: number;
}

export type ArchiveLine =
  | ArchiveHeader
  | { readonly table: string; readonly columns: Columns }
  | readonly Cell[]
  | ArchiveFooter;

interface ArchiveFooter {
  readonly rows: number;
  readonly sha256: string;
}

/** Counts and hashes lines on their way in or out. */
export class ArchiveSum {
  readonly #hash = createHash('sha256');
  rows = 0;

  add(line: string, isRow: boolean): void {
    this.#hash.update(line).update('\n');
    if (isRow) this.rows += 1;
  }

  footer(): ArchiveFooter {
    return { rows: this.rows, sha256: this.#hash.copy().digest('hex') };
  }
}

/** The lines of an archive but the footer. Throws `archive_invalid` where it is cut short, altered or none at all. */
export async function* readArchive(path: string): AsyncGenerator<Exclude<ArchiveLine, ArchiveFooter>> {
  const sum = new ArchiveSum();
  let footer: ArchiveFooter | undefined;
  const file = createReadStream(path);
  const unzipped = createGunzip();
  file.on('error', (error) => unzipped.destroy(error));
  // Damage may be found after reading has stopped for another reason; nobody listens then.
  unzipped.on('error', () => {});
  try {
    for await (const text of linesOf(file.pipe(unzipped))) {
      if (footer) throw new Error('there is something after its end');
      const line = JSON.parse(text) as ArchiveLine; // checked below, and by its sum at the end
      if ('sha256' in line) {
        footer = line;
        continue;
      }
      if (sum.rows === 0 && 'archive' in line && (line.archive !== 'shiplog' || line.format !== 1))
        throw new Error('its format is not known');
      sum.add(text, Array.isArray(line));
      yield line;
    }
    if (!footer) throw new Error('its end is missing');
    if (footer.sha256 !== sum.footer().sha256 || footer.rows !== sum.rows)
      throw new Error('its content does not match its sum');
  } catch (error) {
    if (error instanceof ShiplogFault) throw error;
    throw new ShiplogFault('archive_invalid', `The archive ${path} cannot be used: ${(error as Error).message}.`, {
      cause: error,
    }); // streams and JSON throw Error
  } finally {
    file.destroy();
    unzipped.destroy();
  }
}
