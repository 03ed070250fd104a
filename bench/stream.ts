import http from 'node:http';
import { ShiplogClient } from '../src/client/shiplog-client.ts';

import { adminToken, asAdmin, startShiplog } from './processes.ts';
import { reportSource } from './report-source.ts';
import type { Row } from './table.ts';

const clients = 1000;
const eventsPerSecond = 20;
const seconds = 10;

/** From the moment an event is posted to the moment each of 1,000 stream clients has it. */
export async function stream(): Promise<Row[]> {
  await using server = await startShiplog();
  const sentAt = new Map<string, number>();
  const delays: number[] = [];
  const opened = await Promise.all(
    Array.from({ length: clients }, () =>
      open(server.url, (id) => {
        const sent = sentAt.get(id);
        if (sent !== undefined) delays.push(performance.now() - sent);
      }),
    ),
  );
  const client = new ShiplogClient({ baseUrl: server.url, token: adminToken });
  const next = reportSource();
  const events = eventsPerSecond * seconds;
  for (let index = 0; index < events; index++) {
    const report = { ...next(), deployment_id: `stream-${index}` };
    sentAt.set(report.deployment_id, performance.now());
    await Promise.all([client.record(report), pause(1000 / eventsPerSecond)]);
  }
  await pause(1000);
  for (const request of opened) request.destroy();
  delays.sort((a, b) => a - b);
  const at = (share: number) =>
    Math.round(delays[Math.min(delays.length - 1, Math.floor(delays.length * share))] ?? Number.NaN);
  return [
    {
      what: `${clients} stream clients, ${eventsPerSecond} events/s`,
      delivered: delays.length,
      expected: clients * events,
      'p50 ms': at(0.5),
      'p99 ms': at(0.99),
      wanted: 'p99 < 250',
    },
  ];
}

function open(url: string, onEvent: (deploymentId: string) => void): Promise<http.ClientRequest> {
  return new Promise((resolve, reject) => {
    const request = http.get(`${url}/api/events/stream`, { headers: asAdmin, agent: false }, (response) => {
      response.setEncoding('utf8');
      let rest = '';
      response.on('data', (chunk: string) => {
        const blocks = (rest + chunk).split('\n\n');
        rest = blocks.pop() ?? '';
        for (const block of blocks) {
          const id = /"deployment_id":"([^"]+)"/.exec(block)?.[1];
          if (id !== undefined) onEvent(id);
        }
        resolve(request);
      });
    });
    request.on('error', reject);
  });
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
