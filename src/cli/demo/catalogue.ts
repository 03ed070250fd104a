import { Random } from './random.ts';

/** The environments of the demo, in the order in which a version travels. */
export const demoEnvironments = ['dev', 'qa', 'staging', 'production', 'production-eu'] as const;
export type DemoEnvironment = (typeof demoEnvironments)[number];

export function isProduction(environment: DemoEnvironment): boolean {
  return environment.startsWith('production');
}

export type DemoTool = 'github' | 'gitlab' | 'azure' | 'jenkins';

/** A made-up service and its habits. */
export interface DemoService {
  readonly namespace: string;
  readonly name: string;
  readonly tool: DemoTool;
  readonly environments: readonly DemoEnvironment[];
  /** Releases on a working day. */
  readonly cadence: number;
  /** How much more or less often than others its deployments fail. */
  readonly fragility: number;
  /** How long one of its deployments takes. */
  readonly secondsToDeploy: number;
  /** Who starts its deployments: roles, since a demo names nobody. */
  readonly actors: readonly [string, ...string[]];
}

const catalogue: Readonly<Record<string, { readonly tool: DemoTool; readonly names: readonly string[] }>> = {
  payments: {
    tool: 'gitlab',
    names: ['ledger', 'payment-gateway', 'fraud-check', 'payouts', 'invoicing', 'refunds', 'card-vault'],
  },
  checkout: { tool: 'github', names: ['cart', 'checkout-web', 'pricing', 'promotions', 'tax', 'shipping-quotes'] },
  search: { tool: 'github', names: ['search-api', 'indexer', 'suggest', 'ranking', 'catalogue'] },
  identity: { tool: 'azure', names: ['login', 'accounts', 'sessions', 'permissions', 'consent', 'profile'] },
  platform: {
    tool: 'jenkins',
    names: [
      'api-gateway',
      'notifications',
      'feature-flags',
      'scheduler',
      'file-store',
      'audit-trail',
      'mailer',
      'webhooks',
    ],
  },
  data: {
    tool: 'gitlab',
    names: ['events-pipeline', 'warehouse-loader', 'reports', 'recommendations', 'metrics-api', 'exports'],
  },
  storefront: { tool: 'github', names: ['web-shop', 'mobile-api', 'content', 'reviews', 'image-resizer'] },
};

const suffixes = ['worker', 'admin', 'edge', 'batch', 'sync', 'reader', 'writer', 'proxy'] as const;
/** The first `count` services, spread over all namespaces; beyond the catalogue names get a suffix. */
export function demoServices(count: number, seed: number | string): DemoService[] {
  return serviceNames(count).map(([namespace, name]) => {
    const random = new Random(`${seed} ${namespace}/${name}`);
    return {
      namespace,
      name,
      tool: toolOf(namespace),
      environments: environmentsOf(random),
      cadence: 0.12 + random.next() ** 2 * 1.5,
      fragility: 0.4 + random.next() * 1.4,
      secondsToDeploy: random.integer(50, 420),
      actors: [...teamOf(namespace), 'release-manager'],
    };
  });
}

/** What the services of a namespace are delivered with. */
export function toolOf(namespace: string): DemoTool {
  return catalogue[namespace]?.tool ?? 'github';
}

/** Who works on the services of a namespace: roles, the one who does most of it first. */
export function teamOf(namespace: string): readonly [string, string, string] {
  return [`${namespace}-dev`, `${namespace}-oncall`, `${namespace}-lead`];
}

function serviceNames(count: number): (readonly [string, string])[] {
  const namespaces = Object.entries(catalogue);
  const rounds = Math.max(...namespaces.map(([, { names }]) => names.length));
  const plain = Array.from({ length: rounds }, (_, index) =>
    namespaces.flatMap(([namespace, { names }]) => named(namespace, names[index])),
  ).flat();
  const all: (readonly [string, string])[] = [];
  for (let round = 0; all.length < count; round += 1) {
    const suffix = suffixes[(round - 1) % suffixes.length] ?? '';
    const number = Math.floor((round - 1) / suffixes.length) + 1;
    for (const [namespace, name] of plain)
      all.push([namespace, round === 0 ? name : `${name}-${suffix}${number > 1 ? number : ''}`]);
  }
  return all.slice(0, count);
}

function named(namespace: string, name: string | undefined): (readonly [string, string])[] {
  return name ? [[namespace, name]] : [];
}

/** Most services go everywhere; some know no qa or no second region, a few have not reached production yet. */
function environmentsOf(random: Random): DemoEnvironment[] {
  const young = random.chance(0.05);
  const share: Readonly<Record<DemoEnvironment, number>> = {
    dev: 1,
    qa: 0.9,
    staging: 0.97,
    production: young ? 0 : 1,
    'production-eu': young ? 0 : 0.72,
  };
  return demoEnvironments.filter((name) => random.chance(share[name]));
}
