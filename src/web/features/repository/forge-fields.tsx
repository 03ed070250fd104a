import { RadioGroup } from '../../ui/radio-group.tsx';
import { TextField } from '../../ui/text-field.tsx';
import type { FieldsProps } from './repository-fields.tsx';
import { forgeOptions } from './repository-words.ts';
import { SecretField } from './secret-field.tsx';

/** The platform whose API tells of changes. */
export function ForgeFields({ draft, repository, onChange, faultOf }: FieldsProps) {
  const { forge } = draft;
  const before = repository?.forge ?? undefined;
  const isSame = before?.kind === forge && [before.url, ''].includes(draft.forgeUrl.trim());
  return (
    <>
      <RadioGroup
        label="Forge"
        options={forgeOptions}
        value={forge}
        error={forge === 'none' ? faultOf('forge') : undefined}
        onChange={(choice) =>
          onChange({ forge: choice, forgeUrl: '', forgeProject: '', token: '', removesToken: false })
        }
      />
      {forge === 'none' ? null : (
        <>
          <TextField
            label="API address"
            optional
            maxLength={2048}
            autoComplete="off"
            spellCheck={false}
            inputMode="url"
            placeholder={forge === 'github' ? 'https://api.github.com' : 'https://gitlab.com/api/v4'}
            hint="Empty: by the host of the repository."
            error={faultOf('forge/url')}
            value={draft.forgeUrl}
            onChange={(event) => onChange({ forgeUrl: event.target.value })}
          />
          <TextField
            label="Project there"
            optional
            maxLength={500}
            autoComplete="off"
            spellCheck={false}
            placeholder="owner/name"
            hint="Empty: as in the address of the repository."
            error={faultOf('forge/project')}
            value={draft.forgeProject}
            onChange={(event) => onChange({ forgeProject: event.target.value })}
          />
          <SecretField
            label="Token"
            hint={`It may read ${forge === 'github' ? 'pull' : 'merge'} requests, no more is needed.`}
            has={before?.has_token === true}
            kept={isSame}
            error={faultOf('forge/token')}
            value={draft.token}
            removes={draft.removesToken}
            onChange={(token, removesToken) => onChange({ token, removesToken })}
          />
        </>
      )}
    </>
  );
}
