import { type ReactNode, useLayoutEffect, useRef, useState } from 'react';
import { PageSection } from '../../ui/page.tsx';
import { contrast } from './contrast.ts';

const grounds = ['canvas', 'surface', 'raised', 'hover', 'pressed', 'mark'] as const;
const texts = ['fg', 'soft', 'muted'] as const;
const tones = ['success', 'running', 'failed', 'waiting', 'neutral'] as const;
const sizes = [
  ['text-xs', '11 / 16'],
  ['text-sm', '12 / 16'],
  ['text-base', '13 / 20'],
  ['text-lg', '15 / 24'],
  ['text-xl', '18 / 28'],
] as const;

/** The theme's colours with their contrast, and its sizes of text. */
export function TokenSamples() {
  return (
    <>
      <PageSection title="Text on grounds" about="The figure is WCAG’s contrast; text needs 4.5.">
        <Grid>
          {grounds.flatMap((ground) =>
            texts.map((text) => <Swatch key={`${ground} ${text}`} colour={text} ground={ground} />),
          )}
        </Grid>
      </PageSection>
      <PageSection title="Tones on their tints and on the canvas">
        <Grid>
          {tones.flatMap((tone) => [
            <Swatch key={`${tone} tint`} colour={tone} ground={`${tone}-tint`} />,
            <Swatch key={`${tone} canvas`} colour={tone} ground="canvas" />,
          ])}
          <Swatch colour="on-inverse" ground="inverse" />
          <Swatch colour="focus" ground="canvas" />
        </Grid>
      </PageSection>
      <PageSection title="Text">
        <div className="flex flex-col gap-2 px-4">
          {sizes.map(([size, measure]) => (
            <p key={size} className={size}>
              checkout 2.24.0 went to production <span className="text-muted">{`${size}, ${measure} px`}</span>
            </p>
          ))}
          <p className="font-mono text-sm">checkout 2.24.0 · 0a1b2c3 · 0O 1lI</p>
        </div>
      </PageSection>
    </>
  );
}

function Grid({ children }: { children: ReactNode }) {
  return <ul className="grid grid-cols-2 gap-2 px-4 lg:grid-cols-3">{children}</ul>;
}

/** The figure is measured where it stands, so that it holds for the theme it stands in. */
function Swatch({ colour, ground }: { colour: string; ground: string }) {
  const box = useRef<HTMLLIElement>(null);
  const [figure, setFigure] = useState('');
  useLayoutEffect(() => {
    if (!box.current) return;
    const { color, backgroundColor } = getComputedStyle(box.current);
    setFigure(contrast(color, backgroundColor).toFixed(1));
  }, []);
  return (
    <li
      ref={box}
      className="flex items-baseline justify-between gap-2 rounded border px-2.5 py-1.5 text-sm"
      style={{ color: `var(--color-${colour})`, backgroundColor: `var(--color-${ground})` }}
    >
      <span className="min-w-0 truncate">{`${colour} on ${ground}`}</span>
      <span>{figure}</span>
    </li>
  );
}
