import { PageTitle } from '../../ui/page-title.tsx';
import { ChoiceSamples } from './choice-samples.tsx';
import { ControlSamples } from './control-samples.tsx';
import { FormSamples } from './form-samples.tsx';
import { FrameSamples } from './frame-samples.tsx';
import { ListSamples } from './list-samples.tsx';
import { TokenSamples } from './token-samples.tsx';

/** Every part of `ui/` in its states, in both themes side by side. Served in development only. */
export function GalleryPage() {
  return (
    <main id="main" className="grid h-full overflow-y-auto md:grid-cols-2">
      <PageTitle>Parts of the page</PageTitle>
      {(['light', 'dark'] as const).map((theme) => (
        <section
          key={theme}
          aria-label={`The ${theme} theme`}
          className="min-w-0 bg-canvas pb-12 text-fg"
          style={{ colorScheme: theme }}
        >
          <p className="px-4 pt-5 text-xl font-semibold">{theme === 'light' ? 'Light' : 'Dark'}</p>
          <TokenSamples />
          <ControlSamples />
          <FormSamples />
          <ChoiceSamples />
          <ListSamples />
          <FrameSamples theme={theme} />
        </section>
      ))}
    </main>
  );
}
