import type { Repository } from '../../../contract/repositories.ts';
import { CheckField, FieldGroup } from '../../ui/check-field.tsx';
import { RadioGroup } from '../../ui/radio-group.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { isSsh, type RepositoryDraft } from './repository-draft.ts';
import { trackedOptions } from './repository-words.ts';
import { SecretField } from './secret-field.tsx';

export interface FieldsProps {
  readonly draft: RepositoryDraft;
  readonly repository: Repository | null;
  readonly onChange: (change: Partial<RepositoryDraft>) => void;
  /** What the server says is wrong with a field. */
  readonly faultOf: (field: string) => string | undefined;
}

/** Where it is, and who reads it. */
export function RemoteFields({ draft, repository, onChange, faultOf }: FieldsProps) {
  const ssh = isSsh(draft.url);
  const isSame = draft.url.trim() === repository?.url;
  return (
    <>
      <TextField
        label="URL"
        required
        autoFocus
        maxLength={2048}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        inputMode="url"
        placeholder="https://git.example/group/project.git"
        hint="An https or ssh address, without user name and password in it."
        error={faultOf('url')}
        value={draft.url}
        onChange={(event) => onChange({ url: event.target.value })}
      />
      {ssh ? null : (
        <TextField
          label="User name"
          optional
          maxLength={255}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          hint="For https, where it is private. A token mostly goes with any name."
          error={faultOf('username')}
          value={draft.username}
          onChange={(event) => onChange({ username: event.target.value })}
        />
      )}
      <SecretField
        label={ssh ? 'Private key' : 'Password or token'}
        lines={ssh}
        hint={ssh ? 'A key that may only read is enough.' : 'One that may only read is enough.'}
        has={repository?.has_secret === true}
        kept={isSame}
        error={faultOf('secret')}
        value={draft.secret}
        removes={draft.removesSecret}
        onChange={(secret, removesSecret) => onChange({ secret, removesSecret })}
      />
    </>
  );
}

/** What of it counts, and where. */
export function TrackingFields({ draft, onChange, faultOf }: FieldsProps) {
  return (
    <>
      <TextField
        label="Folder"
        optional
        maxLength={500}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        placeholder="services/checkout"
        hint="Where several projects share one repository: only commits that touch this folder are this project’s. Empty: all are."
        error={faultOf('path')}
        value={draft.path}
        onChange={(event) => onChange({ path: event.target.value })}
      />
      <RadioGroup
        label="Environments"
        options={trackedOptions}
        value={draft.tracked}
        onChange={(tracked) => onChange({ tracked })}
      />
      <FieldGroup label="First deployment">
        <CheckField
          label="It ships all that it contains, as in GitLab"
          hint="Otherwise it is a baseline: what it contains was there before Shiplog knew, and counts as shipped by nothing."
          checked={draft.linksFirst}
          onChange={(event) => onChange({ linksFirst: event.target.checked })}
        />
      </FieldGroup>
    </>
  );
}
