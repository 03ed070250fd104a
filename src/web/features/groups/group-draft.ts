import type { GroupRequest, GroupUpdate } from '../../../contract/groups.ts';
import type { Visibility } from '../../../contract/visibilities.ts';

/** What the form of a group holds while it is filled in. */
export interface GroupDraft {
  readonly name: string;
  /** The last part of its path. */
  readonly path: string;
  /** The path of the group that it lies in; empty: none. */
  readonly parent: string;
  readonly description: string;
  readonly visibility: Visibility;
}

/** A name as the last part of a path. */
export function slugOf(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}_.]+/gu, '-')
    .replaceAll(/^[-.]+|[-.]+$/g, '');
}

/** A new group, as it is sent. */
export function requestOf({ name, path, parent, description, visibility }: GroupDraft): GroupRequest {
  const about = { name: name.trim(), path: path.trim(), visibility };
  const around = parent.trim() === '' ? {} : { parent: parent.trim() };
  return { ...about, ...around, ...(description.trim() === '' ? {} : { description }) };
}

/** What to send of a change: only what the reader changed, so that the rest stays as others have left it. */
export function changeOf(draft: GroupDraft, begun: GroupDraft): GroupUpdate {
  const { name, path, description, visibility } = draft;
  return {
    ...(name.trim() === begun.name ? {} : { name: name.trim() }),
    ...(path.trim() === begun.path ? {} : { path: path.trim() }),
    ...(description === begun.description ? {} : { description: description.trim() === '' ? null : description }),
    ...(visibility === begun.visibility ? {} : { visibility }),
  };
}
