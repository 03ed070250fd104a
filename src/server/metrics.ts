import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** What the server counts of itself. No label has a value that a client chooses. */
export class Metrics {
  readonly registry = new Registry();
  readonly #requests: Histogram<'method' | 'route' | 'status'>;
  readonly #events: Counter<'status'>;
  readonly #deliveries: Counter<'outcome'>;
  /** Finding a series by its labels costs more than counting. */
  readonly #counters = new Map<string, { inc(): void }>();
  readonly #observers = new Map<string, { observe(seconds: number): void }>();

  constructor(streamClients: () => number) {
    collectDefaultMetrics({ register: this.registry });
    this.#requests = new Histogram({
      name: 'shiplog_http_request_duration_seconds',
      help: 'Time from a request to its answer.',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5],
      registers: [this.registry],
    });
    this.#events = new Counter({
      name: 'shiplog_events_recorded_total',
      help: 'Events recorded by this process.',
      labelNames: ['status'],
      registers: [this.registry],
    });
    this.#deliveries = new Counter({
      name: 'shiplog_webhook_attempts_total',
      help: 'Attempts of this process to deliver to webhooks: delivered, failed, given_up, or sealed for want of the key.',
      labelNames: ['outcome'],
      registers: [this.registry],
    });
    new Gauge({
      name: 'shiplog_stream_clients',
      help: 'Open event streams.',
      registers: [this.registry],
      collect() {
        this.set(streamClients());
      },
    });
  }

  observeRequest(method: string, route: string, status: number, seconds: number): void {
    const key = `${method} ${status} ${route}`;
    const known = this.#observers.get(key) ?? this.#requests.labels(method, route, String(status));
    this.#observers.set(key, known);
    known.observe(seconds);
  }

  countEvent(status: string): void {
    const known = this.#counters.get(status) ?? this.#events.labels(status);
    this.#counters.set(status, known);
    known.inc();
  }

  countDelivery(outcome: string): void {
    this.#deliveries.labels(outcome).inc();
  }
}
