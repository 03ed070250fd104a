import { useQuery } from '@tanstack/react-query';
import { CirclePause, ShieldX, Snowflake } from 'lucide-react';
import type { ReactNode } from 'react';
import type { GateAnswer } from '../../../contract/gates.ts';
import { countText } from '../../lib/count-text.ts';
import { FrozenUntil } from '../../lib/frozen-until.tsx';
import { usePageServices } from '../../lib/page-services.tsx';
import { useSession } from '../../lib/use-session.ts';
import { visibleMarks } from '../../lib/visible-marks.ts';
import { gateQuery } from './gate-query.ts';

interface GateLineProps {
  readonly project: string;
  readonly environment: string;
}

/** What would hold a deployment back that began now: a freeze, approvals, a protection. Nothing where nothing would. */
export function GateLine({ project, environment }: GateLineProps) {
  const gate = useQuery(gateQuery(usePageServices().client, { project, environment }));
  const session = useSession();
  if (!gate.data) return null;
  const { frozen, approvals, may_deploy: mayDeploy, protected: isProtected } = gate.data;
  const isRefused = isProtected && !mayDeploy && session?.signed_in === true;
  if (!frozen && approvals.required === 0 && !isRefused) return null;
  return (
    <ul aria-label="What holds deployments back" className="flex flex-col gap-1 border-b bg-surface px-5 py-2 text-sm">
      {frozen ? (
        <Line icon={<Snowflake aria-hidden size={13} className="text-waiting" />}>
          <FrozenUntil project={project} until={frozen.until} />
          {frozen.may_override ? '. You may override it.' : '.'}
        </Line>
      ) : null}
      {approvals.required > 0 ? (
        <Line icon={<CirclePause aria-hidden size={13} className="text-waiting" />}>
          Each deployment needs {countText(approvals.required, 'approval')}
          {approvals.rules.length > 0 ? `: ${rulesText(approvals.rules)}` : ', from whoever may deploy here'}.
        </Line>
      ) : null}
      {isRefused ? (
        <Line icon={<ShieldX aria-hidden size={13} className="text-muted" />}>
          {visibleMarks(environment)} is protected, and you are not among those who may deploy to it.
        </Line>
      ) : null}
    </ul>
  );
}

function Line({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <li className="flex items-start gap-2">
      <span className="flex h-4 shrink-0 items-center">{icon}</span>
      <span className="min-w-0 [overflow-wrap:anywhere]">{children}</span>
    </li>
  );
}

function rulesText(rules: GateAnswer['approvals']['rules']): string {
  return rules
    .map(({ name, required }) => (name === null ? `${required} from others` : `${required} from ${name}`))
    .join(', ');
}
