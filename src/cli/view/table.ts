import type { Paint, Tone } from './paint.ts';
import { padEnd, textWidth } from './text-width.ts';

/** A piece of text in one tone; a line of a cell is several of them. */
export interface Span {
  readonly text: string;
  readonly tone?: Tone | undefined;
}

/** A cell holds any number of lines; a row is as high as its highest cell. */
export type Cell = readonly (readonly Span[])[];

const gap = '  ';

export function cell(text: string, tone?: Tone): Cell {
  return [[{ text, tone }]];
}

/** Lines of a table with aligned columns. Without a title for every column there is no header line. */
export function tableLines(titles: readonly string[], rows: readonly (readonly Cell[])[], paint: Paint): string[] {
  const header = titles.map((title) => cell(title, 'bold'));
  const all = titles.some((title) => title !== '') ? [header, ...rows] : rows;
  const widths = columnWidths(all);
  return all.flatMap((row) => rowLines(row, widths, paint));
}

export function tableWidth(titles: readonly string[], rows: readonly (readonly Cell[])[]): number {
  const widths = columnWidths([titles.map((title) => cell(title)), ...rows]);
  return widths.reduce((sum, width) => sum + width, 0) + gap.length * Math.max(0, widths.length - 1);
}

function columnWidths(rows: readonly (readonly Cell[])[]): number[] {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((item, column) => {
      for (const spans of item) widths[column] = Math.max(widths[column] ?? 0, spansWidth(spans));
    });
  }
  return widths;
}

function rowLines(row: readonly Cell[], widths: readonly number[], paint: Paint): string[] {
  const height = Math.max(1, ...row.map((item) => item.length));
  return Array.from({ length: height }, (_, index) => {
    const columns = widths.map((width, column) => {
      const spans = row[column]?.[index] ?? [];
      return spans.map(({ text, tone }) => paint(tone, text)).join('') + padEnd('', width - spansWidth(spans));
    });
    return columns.join(gap).trimEnd();
  });
}

function spansWidth(spans: readonly Span[]): number {
  return spans.reduce((sum, { text }) => sum + textWidth(text), 0);
}
