import type { Matrix, MatrixSlot } from '../../../contract/matrix.ts';
import { projectPath } from '../../../contract/project-path.ts';
import { slotIn } from '../../../contract/slots.ts';
import type { Lag } from '../../../contract/where.ts';

/** A slot with what its project's repository tells of how far it is behind. */
export interface LaggedSlot extends MatrixSlot {
  readonly lag?: Lag;
}

/** Whether it is known to lack something that an environment before it has: versions, commits or changes. */
export function isBehind({ behind, lag }: LaggedSlot): boolean {
  return lag !== undefined || (behind !== undefined && behind.versions > 0);
}

/** The matrix with lags in their slots, where something is behind. Rows without any stay the same objects. */
export function withLags(matrix: Matrix, lags: readonly Lag[]): Matrix {
  const byProject = new Map<string, Lag[]>();
  for (const lag of lags) {
    if (!lag.commits && !lag.changes) continue;
    const known = byProject.get(lag.project);
    if (known) known.push(lag);
    else byProject.set(lag.project, [lag]);
  }
  if (byProject.size === 0) return matrix;
  const rows = matrix.rows.map((row) => {
    const slots: Record<string, LaggedSlot> = {};
    for (const lag of byProject.get(projectPath(row)) ?? []) {
      const slot = slotIn(row, lag.environment);
      if (slot) slots[lag.environment] = { ...slot, lag };
    }
    return Object.keys(slots).length === 0 ? row : { ...row, slots: { ...row.slots, ...slots } };
  });
  return { ...matrix, rows };
}
