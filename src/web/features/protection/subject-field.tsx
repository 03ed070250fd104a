import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { entryLevels } from '../../../contract/protected-environments.ts';
import { groupSearchQuery } from '../../lib/group-search-query.ts';
import { usePageServices } from '../../lib/page-services.tsx';
import { userSearchQuery } from '../../lib/user-search-query.ts';
import { ComboboxField } from '../../ui/combobox-field.tsx';
import { type DraftEntry, subjectKey } from './protection-draft.ts';
import { levelNames } from './protection-words.ts';
import { SubjectName } from './subject-name.tsx';

interface SubjectFieldProps {
  readonly label: string;
  readonly error: string | undefined;
  /** Those that are named already. */
  readonly chosen: readonly DraftEntry[];
  readonly onAdd: (entry: DraftEntry) => void;
}

const blank = {
  id: undefined,
  username: null,
  group_path: null,
  user_id: null,
  group_id: null,
  level: null,
  withInherited: false,
  required: '1',
} as const;

/** The entry of an access level. */
export function levelEntry(level: (typeof entryLevels)[number]): DraftEntry {
  return { ...blank, kind: 'level', name: levelNames[level], level };
}

/** Adds a level, group or user that is found by typing. */
export function SubjectField({ label, error, chosen, onAdd }: SubjectFieldProps) {
  const [text, setText] = useState('');
  const found = useSubjects(text);
  const keys = new Set(chosen.map(subjectKey));
  return (
    <ComboboxField
      label={label}
      placeholder="A level, group or user"
      error={error}
      text={text}
      options={found.map((entry) => ({
        value: subjectKey(entry),
        label: entry.name,
        content: <SubjectName subject={entry} />,
        refused: keys.has(subjectKey(entry)) ? 'is named' : undefined,
      }))}
      nothing="No level, group or user has this in its name."
      onText={setText}
      onChoose={({ value }) => {
        const entry = found.find((each) => subjectKey(each) === value);
        if (entry) onAdd(entry);
        setText('');
      }}
    />
  );
}

function useSubjects(text: string): readonly DraftEntry[] {
  const { client } = usePageServices();
  const users = useQuery(userSearchQuery(client, text));
  const groups = useQuery(groupSearchQuery(client, text));
  const wanted = text.trim().toLowerCase();
  const levels = entryLevels.filter((level) => levelNames[level].toLowerCase().includes(wanted));
  return [
    ...levels.map(levelEntry),
    ...(groups.data?.items ?? []).map(
      ({ id, name, path }): DraftEntry => ({ ...blank, kind: 'group', name, group_id: id, group_path: path }),
    ),
    ...(users.data?.items ?? []).map(
      ({ id, name, username }): DraftEntry => ({ ...blank, kind: 'user', name, user_id: id, username }),
    ),
  ];
}
