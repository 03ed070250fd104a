import { accessLevels } from '../../../contract/access-levels.ts';
import { projectPath } from '../../../contract/project-path.ts';
import { levelTooLow } from '../../errors.ts';
import type { Principal } from '../../principal.ts';
import { ancestorsOf } from '../groups/group-types.ts';
import { ownerLevel } from './owner-level.ts';
import type { ProtectionStore } from './protection-store.ts';
import type { EntryNames, InheritedProtection, Protection, ProtectionOwner } from './protection-types.ts';

/** Protections as those see them whom they bind. */
export interface ProtectionOverview {
  readonly items: readonly Protection[];
  /** What the groups above a project protect; on the first page only. */
  readonly inherited: readonly InheritedProtection[];
  /** Whether the principal may change what the owner protects. */
  readonly mayChange: boolean;
  /** The id after which the next page begins; undefined: this is the last. */
  readonly next: number | undefined;
}

/** Tells whoever may deploy somewhere who may, and who must approve: developers and up. */
export class ProtectionOverviewService {
  readonly #store: ProtectionStore;
  readonly #reviewers: EntryNames;

  constructor(store: ProtectionStore, reviewers: EntryNames) {
    this.#store = store;
    this.#reviewers = reviewers;
  }

  /**
   * Oldest first, after the one of an id. Users and groups that somebody else than a maintainer could not look up have no
   * names. Throws `forbidden`.
   */
  async page(
    principal: Principal,
    owner: ProtectionOwner,
    { limit, after }: { readonly limit: number; readonly after: number | undefined },
  ): Promise<ProtectionOverview> {
    const level = ownerLevel(principal, owner);
    if (level < accessLevels.developer) throw levelTooLow();
    const found = await this.#store.after(owner, after ?? 0, limit + 1);
    const items = found.slice(0, limit);
    const inherited = after === undefined ? await this.#inherited(owner) : [];
    const mayChange = level >= accessLevels.maintainer;
    const all = [...items, ...inherited.map(({ protection }) => protection)];
    const entries = all.flatMap(({ deployers, approvalRules }) => [...deployers, ...approvalRules]);
    const shown = await this.#reviewers.shownTo(principal, mayChange, entries);
    const shownOf = (protection: Protection): Protection => ({
      ...protection,
      deployers: protection.deployers.map(shown),
      approvalRules: protection.approvalRules.map(shown),
    });
    return {
      items: items.map(shownOf),
      inherited: inherited.map((each) => ({ ...each, protection: shownOf(each.protection) })),
      mayChange,
      next: found.length > limit ? items.at(-1)?.id : undefined,
    };
  }

  async #inherited(owner: ProtectionOwner): Promise<InheritedProtection[]> {
    if (owner.kind === 'group') return this.#store.ofGroups(ancestorsOf(owner.group.path));
    return this.#store.ofGroups(ancestorsOf(projectPath(owner.project)));
  }
}
