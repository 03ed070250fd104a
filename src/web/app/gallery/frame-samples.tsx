import { Disclosure } from '../../ui/disclosure.tsx';
import { LinkStrip } from '../../ui/link-strip.tsx';
import { Logo } from '../../ui/logo.tsx';
import { PageSection, ScrollPage, SettingsGrid, sideLink, tabLink } from '../../ui/page.tsx';
import { Bar } from '../../ui/skeleton.tsx';

/** What pages stand in. The links go nowhere else. */
export function FrameSamples({ theme }: { theme: string }) {
  return (
    <PageSection title="Frames">
      <div className="flex flex-col gap-4 px-4">
        <Logo size={24} />
        <LinkStrip label={`Pages, ${theme}`} className="gap-5 border-b">
          <SampleLinks look={tabLink} />
        </LinkStrip>
        <div className="flex h-44 flex-col rounded border">
          <ScrollPage>
            <SettingsGrid label={`Settings, ${theme}`} links={<SampleLinks look={sideLink} />}>
              <PageSection title="General" about="What the project is called, and who sees it.">
                <div className="flex flex-col gap-2 px-4">
                  <Bar width="60%" />
                  <Bar width={120} />
                  <Disclosure head="What else is known">Nothing else.</Disclosure>
                </div>
              </PageSection>
            </SettingsGrid>
          </ScrollPage>
        </div>
      </div>
    </PageSection>
  );
}

function SampleLinks({ look }: { look: string }) {
  return ['General', 'Members', 'Tokens'].map((name, index) => (
    <a key={name} href="/_ui" aria-current={index === 0 ? 'page' : undefined} className={look}>
      {name}
    </a>
  ));
}
