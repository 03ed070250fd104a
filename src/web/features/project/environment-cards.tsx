import type { ProjectEnvironment } from '../../../contract/environments.ts';
import type { Matrix, MatrixSlot } from '../../../contract/matrix.ts';
import { slotIn } from '../../../contract/slots.ts';
import { compareEnvironments, type Tier } from '../../../contract/tiers.ts';
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

/**
 * The environments to show, in the order of the matrix: those deployed to and those made for it, but for what is stopped.
 * Of more than are shown, those near production.
 */
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
  return { shown: all.slice(0, most).sort(compareEnvironments), left: Math.max(all.length - most, 0) };
}

/** Five cards fit on a row of the page; more fill their rows alike, so that none is left alone on the last. */
function widthOf(cards: number): string {
  const columns = cards <= 4 ? 4 : Math.ceil(cards / Math.ceil(cards / 5));
  return `(100% - ${columns} * 8px) / ${columns}`;
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
      className="grid gap-2 px-4"
      style={{
        gridTemplateColumns: `repeat(auto-fill, minmax(max(min(100%, 224px), ${widthOf(environments.length)}), 1fr))`,
      }}
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
