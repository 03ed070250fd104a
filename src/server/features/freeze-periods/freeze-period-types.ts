/** The project is frozen from a tick of one cron line to the next tick of the other, in a time zone. */
export interface FreezePeriod {
  readonly id: number;
  readonly projectId: number;
  readonly freezeStart: string;
  readonly freezeEnd: string;
  readonly timezone: string;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** One time that a period holds; epoch milliseconds. */
export interface FreezeWindow {
  readonly start: number;
  readonly end: number;
}

/** The periods of one project, oldest first. */
export interface ProjectPeriods {
  readonly project: { readonly namespace: string; readonly service: string };
  readonly periods: readonly FreezePeriod[];
}

/** Why a project is frozen, and until when. */
export interface Freeze {
  readonly period: FreezePeriod;
  /** Epoch milliseconds; the end of all periods that overlap. */
  readonly until: number;
}
