import { BellRing } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { PageSection } from '../../ui/page.tsx';
import { Tag } from '../../ui/tag.tsx';
import { showNotification } from './show-notification.ts';
import type { PermissionState } from './use-permission.ts';

interface PermissionSectionProps {
  readonly state: PermissionState;
  readonly onAsk: () => void;
}

/** Whether this browser may show notifications, and what to do where it may not. */
export function PermissionSection({ state, onAsk }: PermissionSectionProps) {
  const [tested, setTested] = useState<boolean>();
  const test = () =>
    setTested(
      showNotification({
        title: 'Shiplog can notify you',
        body: 'This is what a notification looks like.',
        tag: 'shiplog-test',
        onClick: () => undefined,
      }),
    );
  return (
    <PageSection
      title="This browser"
      about="Notifications are shown while Shiplog is open in a tab, and only of what happens then. The permission and the rules are kept in this browser alone."
    >
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 border-y px-4 py-3">
        <div role="status" className="min-w-0 flex-1 basis-64">
          <Standing state={state} />
          {tested === undefined ? null : (
            <p className={tested ? 'text-muted' : 'text-failed'}>
              {tested
                ? 'It was sent. Where you do not see it, the system keeps it back: look at its notification settings.'
                : 'This browser would not show it. On a telephone it does so for installed apps only.'}
            </p>
          )}
        </div>
        {state === 'default' ? (
          <Button look="primary" onClick={onAsk}>
            <BellRing aria-hidden size={14} />
            Allow notifications
          </Button>
        ) : null}
        {state === 'granted' ? <Button onClick={test}>Send a test notification</Button> : null}
      </div>
    </PageSection>
  );
}

function Standing({ state }: { state: PermissionState }) {
  if (state === 'granted') {
    return (
      <p>
        <Tag tone="success">Allowed</Tag> <span className="text-muted">This browser shows what the rules ask for.</span>
      </p>
    );
  }
  if (state === 'denied') {
    return (
      <>
        <p>
          <Tag tone="failed">Blocked</Tag> <span className="text-muted">This browser shows none from this site.</span>
        </p>
        <p className="text-muted">
          To allow them, press the icon beside the address, open the site’s settings, and set Notifications to Allow.
        </p>
      </>
    );
  }
  if (state === 'unsupported') {
    return (
      <>
        <p>
          <Tag>Not possible here</Tag>
        </p>
        <p className="text-muted">
          {window.isSecureContext
            ? 'This browser has no notifications.'
            : 'Browsers show notifications of pages that come by https, or from localhost, only.'}
        </p>
      </>
    );
  }
  return (
    <p>
      <Tag tone="waiting">Off</Tag> <span className="text-muted">The browser asks you once you press the button.</span>
    </p>
  );
}
