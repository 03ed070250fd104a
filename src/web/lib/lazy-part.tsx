import { Component, type ComponentType, lazy, type ReactNode, Suspense, useState } from 'react';
import { UnreachableError } from '../../client/shiplog-error.ts';
import { Button } from '../ui/button.tsx';
import { FailureBar } from '../ui/notice.tsx';
import { failureText } from './refusal.ts';
import { serverAnswers } from './server-answers.ts';

/** What can be closed fails in a dialog of its own, so that it can be closed then, too. */
interface Closable {
  readonly onClose?: (() => void) | undefined;
}

/**
 * A part of a page, in a chunk of its own. Where it fails, the page around it stays, and says so in its place.
 * `what` begins a sentence: `The search`.
 */
export function lazyPart<Props extends object>(
  what: string,
  load: () => Promise<ComponentType<Props>>,
): (props: Props & Closable) => ReactNode {
  const begin = (): ComponentType<Props> =>
    lazy(async () => {
      try {
        return { default: await loaded(load) };
      } catch (error) {
        // React keeps what failed, and so do some browsers until the page is loaded anew: where not, it comes by
        // opening the part again.
        part = begin();
        throw error instanceof UnreachableError ? error : new Error(goneText, { cause: error });
      }
    });
  let part = begin();
  return function LazyPart(props) {
    const [Part] = useState(() => part);
    return (
      <PartBoundary what={what} onClose={props.onClose}>
        <Suspense fallback={null}>
          <Part {...props} />
        </Suspense>
      </PartBoundary>
    );
  };
}

const goneText = 'It may have gone with an upgrade of the server.';

const untilIdleMs = 2000;

/** The same, fetched once the page has nothing else to do: it opens at once then, and while the server is away. */
export const soonPart: typeof lazyPart = (what, load) => {
  // What fails is told of when it is opened.
  const fetchIt = () => load().catch(() => undefined);
  setTimeout(() => (window.requestIdleCallback ?? setTimeout)(fetchIt), untilIdleMs);
  return lazyPart(what, load);
};

/** Fetches a chunk; where the server is away, it fails like any request. */
export async function loaded<Chunk>(load: () => Promise<Chunk>): Promise<Chunk> {
  try {
    return await load();
  } catch (error) {
    if (await serverAnswers()) throw error;
    throw new UnreachableError(location.origin, error);
  }
}

interface BoundaryProps extends Closable {
  readonly what: string;
  readonly children: ReactNode;
}

interface BoundaryState {
  readonly error?: Error;
  /** The server was away when it was tried again, too. */
  readonly isStillAway?: boolean;
}

class PartBoundary extends Component<BoundaryProps, BoundaryState> {
  static getDerivedStateFromError(error: unknown) {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override state: BoundaryState = {};

  /** Only the page loaded anew gets rid of a failure that the browser keeps. */
  readonly #tryAgain = async () => {
    if (await serverAnswers()) location.reload();
    else this.setState({ isStillAway: true });
  };

  override render(): ReactNode {
    const { what, onClose, children } = this.props;
    const { error, isStillAway } = this.state;
    if (!error) return children;
    const title = `${what} could not be shown.`;
    const why = isStillAway ? 'The server is still away.' : failureText(error);
    const bar = <FailureBar title={title} why={why} onRetry={this.#tryAgain} />;
    if (!onClose) return bar;
    // The browser's own: that of `ui` is in a chunk that may be missing, too.
    return (
      <dialog
        ref={openAtOnce}
        aria-label={title}
        onClose={onClose}
        className="mx-auto mt-[12vh] w-[calc(100vw-32px)] max-w-lg rounded border border-line-strong bg-raised text-fg shadow-float backdrop:bg-shade"
      >
        {bar}
        <form method="dialog" className="flex items-center gap-3 px-4 py-3">
          <p className="flex-1 text-muted">The rest of the page is as it was. Retry loads it anew.</p>
          <Button type="submit">Close</Button>
        </form>
      </dialog>
    );
  }
}

function openAtOnce(dialog: HTMLDialogElement | null): void {
  if (dialog?.open === false) dialog.showModal();
}
