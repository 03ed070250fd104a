import { useState } from 'react';
import { anyTime, type DaySpan } from '../../lib/day-span.ts';
import { ComboboxField } from '../../ui/combobox-field.tsx';
import { PageSection, segment, segments } from '../../ui/page.tsx';
import { PasswordField } from '../../ui/password-field.tsx';
import { PickDates } from '../../ui/pick-dates.tsx';
import { PickOne } from '../../ui/pick-one.tsx';
import { TabSet } from '../../ui/tabs.tsx';

const environments = ['dev', 'staging', 'production'] as const;
const tools = [
  { key: 'curl', name: 'curl' },
  { key: 'jenkins', name: 'Jenkins' },
] as const;

/** What is chosen out of many, by typing, by days or by tabs. */
export function ChoiceSamples() {
  const [environment, setEnvironment] = useState<string>();
  const [days, setDays] = useState<DaySpan>({ ...anyTime, from: '2026-11-01' });
  const [text, setText] = useState('');
  const [tool, setTool] = useState<(typeof tools)[number]['key']>('curl');
  const options = environments.filter((name) => name.includes(text)).map((name) => ({ value: name, label: name }));
  return (
    <PageSection title="Choices">
      <div className="flex flex-wrap items-center gap-2 px-4">
        <PickOne
          label="Environment"
          value={environment}
          shown={environment}
          options={environments}
          onChange={setEnvironment}
        />
        <PickDates label="Deployed" value={days} onChange={setDays} />
      </div>
      <div className="grid gap-4 px-4 pt-3 lg:grid-cols-2">
        <ComboboxField
          label="Environment"
          text={text}
          options={options}
          nothing="There is no such environment."
          onText={setText}
          onChoose={({ label }) => setText(label)}
        />
        <PasswordField label="Password" hint="At least eight characters." />
      </div>
      <div className="px-4 pt-3">
        <TabSet label="Tool" tabs={tools} value={tool} onChange={setTool}>
          What {tool} has to do.
        </TabSet>
      </div>
      <fieldset className={`mx-4 mt-3 ${segments}`}>
        <legend className="sr-only">Tool of the segments</legend>
        {tools.map(({ key, name }) => (
          <button key={key} type="button" aria-pressed={key === tool} className={segment} onClick={() => setTool(key)}>
            {name}
          </button>
        ))}
      </fieldset>
    </PageSection>
  );
}
