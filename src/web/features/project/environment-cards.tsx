import type { ProjectEnvironment } from '../../../contract/environments.ts';
import type { Matrix, MatrixSlot } from '../../../contract/matrix.ts';
import { slotIn } from '../../../contract/slots.ts';
import type { Tier } from '../../../contract/tiers.ts';
import type { Lag } from '../../../contract/where.ts';
import { productionFirst } from '../../lib/production-first.ts';
import { EnvironmentCard } from './environment-card.tsx';

/** So many are shown; the rest is on a page of its own. */
const most = 12;

interface Shown {
  readonly name: string;
  readonly tier: Tier;
  /** undefined: nothing was deployed there yet. */
  readonly slot: MatrixSlot | undefined;
  readonly details: ProjectEnvironment | undefined;
}

/** The environments to show, production first: those deployed to and those made for it, but for what is stopped. */
export function environmentsToShow(
  matrix: Matrix | undefined,
  known: readonly ProjectEnvironment[] = [],
): { readonly shown: readonly Shown[]; readonly left: number } {
  const row = matrix?.rows[0];
  const details = new Map(known.map((environment) => [environment.name, environment]));
  const deployed = matrix?.columns ?? [];
  const names = new Set(deployed.map(({ name }) => name));
  const all = [...deployed, ...known.filter(({ name }) => !names.has(name))]
    .map(({ name, tier }) => ({ name, tier, slot: row && slotIn(row, name), details: details.get(name) }))
    .filter(({ details: found }) => found?.state !== 'stopped')
    .sort(productionFirst);
  return { shown: all.slice(0, most), left: Math.max(all.length - most, 0) };
}

interface EnvironmentCardsProps {
  readonly project: string;
  readonly environments: readonly Shown[];
  readonly lags: readonly Lag[];
  readonly onOpen: (environment: string) => void;
}

/** What runs where, environment by environment. */
export function EnvironmentCards({ project, environments, lags, onOpen }: EnvironmentCardsProps) {
  return (
    <ul
      aria-label={`What runs of ${project}`}
      className="grid grid-cols-[repeat(auto-fill,minmax(min(100%,252px),1fr))] gap-2 px-4"
    >
      {environments.map(({ name, tier, slot, details }) => (
        <li key={name} className="min-w-0">
          <EnvironmentCard
            project={project}
            name={name}
            tier={tier}
            slot={slot}
            details={details}
            lag={lags.find(({ environment }) => environment === name)}
            onOpen={() => onOpen(name)}
          />
        </li>
      ))}
    </ul>
  );
}
