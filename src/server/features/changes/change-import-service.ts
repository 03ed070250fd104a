import { accessLevels } from '../../../contract/access-levels.ts';
import type { Clock } from '../../clock.ts';
import { invalid, notFound, ShiplogFault } from '../../errors.ts';
import type { Principal } from '../../principal.ts';
import type { ProjectService } from '../projects/project-service.ts';
import type { Project } from '../projects/project-types.ts';
import type { ChangeService } from './change-service.ts';
import { type Change, largestChangeNumber, type ToldChange } from './change-types.ts';
import { isFarAhead } from './told-moments.ts';

type Facts = Omit<ToldChange, 'number' | 'updatedAt'> & { readonly updatedAt?: number | undefined };

/** What a tool brings: with a number it is that change, known or not; without one it is a new change. */
export type BroughtChange = Facts & { readonly number?: number | undefined; readonly title: string };

/** Changes that a tool without webhooks and without a forge's API brings by itself. */
export class ChangeImportService {
  readonly #changes: ChangeService;
  readonly #projects: ProjectService;
  readonly #clock: Clock;

  constructor(changes: ChangeService, projects: ProjectService, clock: Clock) {
    this.#changes = changes;
    this.#projects = projects;
    this.#clock = clock;
  }

  /**
   * By developers. Bringing a change of the same number again tells what it is now. Throws `forbidden`,
   * `validation_failed`, and `conflict` where a change without a number is one that is open already.
   */
  async bring(principal: Principal, project: Project, brought: BroughtChange): Promise<Change> {
    this.#projects.requireLevel(principal, project, accessLevels.developer);
    const { number, ...facts } = brought;
    if (number !== undefined)
      return this.#tell(project, number, facts, await this.#changes.byNumber(project.id, number));
    refuse(1, facts, this.#clock());
    const open = await this.#changes.openFrom(project.id, brought);
    if (open) {
      const message = `Another open merge request already exists for this source branch: !${open.number}`;
      throw new ShiplogFault('conflict', message);
    }
    return this.#get(project, await this.#changes.add(project.id, this.#completed(facts, undefined)));
  }

  /** By developers. Throws `forbidden`, `validation_failed`, and `not_found` where the project has no change of this number. */
  async change(
    principal: Principal,
    project: Project,
    number: number,
    factsOf: (known: Change) => Facts,
  ): Promise<Change> {
    this.#projects.requireLevel(principal, project, accessLevels.developer);
    const known = await this.#changes.byNumber(project.id, number);
    if (!known) throw notFound('merge request');
    const facts = factsOf(known);
    // Who says nothing of the time means: from now on.
    const updatedAt = facts.updatedAt ?? Math.max(this.#clock(), known.updatedAt);
    return this.#tell(project, number, { ...facts, updatedAt }, known);
  }

  async #tell(project: Project, number: number, facts: Facts, known: Change | undefined): Promise<Change> {
    refuse(number, facts, this.#clock());
    await this.#changes.tell(project.id, [{ ...this.#completed(facts, known), number }], 'tool');
    return this.#get(project, number);
  }

  /** With what follows from what is told. */
  #completed(facts: Facts, known: Change | undefined) {
    const updatedAt = facts.updatedAt ?? this.#clock();
    const isMerged = facts.mergedAt != null || facts.mergeCommitSha != null || facts.squashCommitSha != null;
    const state = facts.state ?? (isMerged ? 'merged' : undefined);
    const { mergedAt = known?.mergedAt == null && state === 'merged' ? updatedAt : undefined } = facts;
    const { closedAt = known?.closedAt == null && state === 'closed' ? updatedAt : undefined } = facts;
    return { ...facts, state, updatedAt, mergedAt, closedAt };
  }

  async #get(project: Project, number: number): Promise<Change> {
    const change = await this.#changes.byNumber(project.id, number);
    if (!change) throw notFound('merge request');
    return change;
  }
}

function refuse(number: number, facts: Facts, now: number): void {
  const { title, mergeCommitSha, squashCommitSha, headSha, webUrl } = facts;
  const shas = { merge_commit_sha: mergeCommitSha, squash_commit_sha: squashCommitSha, sha: headSha };
  const faults = Object.entries(shas).flatMap(([name, sha]) =>
    sha == null || /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/.test(sha)
      ? []
      : [{ pointer: `/${name}`, message: 'must be a whole commit in small hexadecimal digits' }],
  );
  if (number < 1 || number > largestChangeNumber)
    faults.push({ pointer: '/iid', message: 'must be a positive number' });
  if (title?.trim() === '') faults.push({ pointer: '/title', message: "can't be blank" });
  // The page links to it.
  if (webUrl != null && !(URL.canParse(webUrl) && /^https?:$/.test(new URL(webUrl).protocol)))
    faults.push({ pointer: '/web_url', message: 'must be an http or https URL' });
  if (facts.mergedAt != null && (facts.state === 'opened' || facts.state === 'closed'))
    faults.push({ pointer: '/merged_at', message: `does not go with the state ${facts.state}` });
  const moments = { created_at: facts.createdAt, updated_at: facts.updatedAt, merged_at: facts.mergedAt };
  for (const [name, at] of Object.entries(moments))
    if (isFarAhead(at, now)) faults.push({ pointer: `/${name}`, message: 'is more than a day ahead' });
  if (faults.length > 0) throw invalid(faults);
}
