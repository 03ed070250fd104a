import { residentMegabytes, startShiplog } from './processes.ts';
import type { Row } from './table.ts';

const starts = 5;

/** From the start of the process to the line that names its URL, and what it holds in memory when nothing happens. */
export async function start(): Promise<Row[]> {
  const times: number[] = [];
  let idle = 0;
  for (let index = 0; index < starts; index++) {
    await using server = await startShiplog();
    times.push(server.readyMs);
    await new Promise((resolve) => setTimeout(resolve, 2000));
    idle = Math.max(idle, residentMegabytes(server.pid));
  }
  times.sort((a, b) => a - b);
  return [
    { what: 'ready to serve, ms (median of 5)', value: Math.round(times[starts >> 1] ?? Number.NaN), wanted: '< 1000' },
    { what: 'idle memory, MB', value: Math.round(idle), wanted: '< 150' },
  ];
}
