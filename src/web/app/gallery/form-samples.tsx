import { useState } from 'react';
import { CheckField, FieldGroup } from '../../ui/check-field.tsx';
import { CommandBlock } from '../../ui/command-block.tsx';
import { DateField } from '../../ui/date-field.tsx';
import { OneTimeSecret } from '../../ui/one-time-secret.tsx';
import { PageSection } from '../../ui/page.tsx';
import { RadioGroup } from '../../ui/radio-group.tsx';
import { Refusal } from '../../ui/refusal.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { TextArea } from '../../ui/text-area.tsx';
import { TextBlock } from '../../ui/text-block.tsx';
import { TextField } from '../../ui/text-field.tsx';

const levels = [
  { value: 'reporter', label: 'Reporter' },
  { value: 'developer', label: 'Developer' },
  { value: 'maintainer', label: 'Maintainer', disabled: true },
] as const;

const visibilities = [
  { value: 'private', label: 'Private', hint: 'Only members see it.' },
  { value: 'public', label: 'Public', hint: 'Everybody sees it.' },
] as const;

/** What is filled in, and what is copied. */
export function FormSamples() {
  const [level, setLevel] = useState<(typeof levels)[number]['value']>('developer');
  const [visibility, setVisibility] = useState<(typeof visibilities)[number]['value']>('private');
  const [day, setDay] = useState('2026-12-31');
  return (
    <PageSection title="Fields">
      <div className="grid gap-4 px-4 lg:grid-cols-2">
        <TextField label="Name" placeholder="deploy-bot" hint="Shown beside what it does." />
        <TextField label="URL" defaultValue="ftp://example" error="must be an http or https URL" />
        <SelectField label="Level" options={levels} value={level} onChange={setLevel} hint="What members may do." />
        <DateField label="Expires" value={day} onChange={setDay} min="2026-01-01" />
        <TextArea label="Comment" optional hint="For the log." />
        <FieldGroup label="Events" error="choose at least one">
          <CheckField label="Deployments" hint="One begins, changes or ends." defaultChecked />
          <CheckField label="Approvals" />
        </FieldGroup>
        <RadioGroup label="Visibility" options={visibilities} value={visibility} onChange={setVisibility} />
        <Refusal>The server refused it, and says why here.</Refusal>
      </div>
      <div className="flex flex-col gap-4 px-4 pt-5">
        <OneTimeSecret label="Token of deploy-bot" secret="shp_4f8c0d9a7b6e5f4c3d2b1a09" note="Store it now." />
        <CommandBlock command={'curl -X POST http://localhost:7447/api/deployments \\\n  -d @deployment.json'} />
        <TextBlock label="Request body" text={'{\n  "status": "success"\n}'} />
      </div>
    </PageSection>
  );
}
