import { useQuery } from '@tanstack/react-query';
import type { Scope } from '../../../contract/access.ts';
import { accessLevels, memberLevels } from '../../../contract/access-levels.ts';
import { groupQuery } from '../../lib/group-query.ts';
import { levelWords } from '../../lib/level-words.ts';
import { usePageServices } from '../../lib/page-services.tsx';
import { projectQuery } from '../../lib/project-query.ts';
import { SelectField } from '../../ui/select-field.tsx';
import type { TokenHolder } from './token-holder.ts';

interface LevelFieldProps {
  readonly holder: Exclude<TokenHolder, { kind: 'user' }>;
  readonly isAdmin: boolean;
  readonly scopes: readonly Scope[];
  readonly level: number;
  readonly onChange: (level: number) => void;
  readonly error: string | undefined;
}

/** What the token's bot may do in the project or group: no more than the reader may. */
export function LevelField({ holder, isAdmin, scopes, level, onChange, error }: LevelFieldProps) {
  const own = useOwnLevel(holder);
  const most = isAdmin ? accessLevels.admin : (own ?? accessLevels.maintainer);
  const offered = memberLevels.filter((each) => each <= most && each > accessLevels.guest);
  const reports = scopes.some((scope) => scope !== 'read_api');
  const isTooLow = reports && level < accessLevels.developer;
  return (
    <SelectField
      label="Access level"
      options={offered.map((each) => ({ value: String(each), label: levelWords(each).name }))}
      value={String(level)}
      onChange={(value) => onChange(Number(value))}
      error={error}
      hint={isTooLow ? 'To report deployments it must be Developer or more.' : levelWords(level).may}
    />
  );
}

function useOwnLevel({ kind, path }: LevelFieldProps['holder']): number | undefined {
  const { client } = usePageServices();
  const project = useQuery({ ...projectQuery(client, path), enabled: kind === 'project' });
  const group = useQuery({ ...groupQuery(client, path), enabled: kind === 'group' });
  return (kind === 'project' ? project.data : group.data)?.access_level;
}
