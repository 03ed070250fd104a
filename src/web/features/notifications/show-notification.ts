export interface Told {
  readonly title: string;
  readonly body: string;
  /** One with the same tag gives way. */
  readonly tag: string;
  readonly onClick: () => void;
}

/** Shows it where that is allowed; pressing it brings this tab to the front. Answers whether the browser took it. */
export function showNotification({ title, body, tag, onClick }: Told): boolean {
  if (!('Notification' in window) || Notification.permission !== 'granted') return false;
  try {
    const shown = new Notification(title, { body, tag, icon: '/favicon.svg' });
    shown.onclick = () => {
      window.focus();
      shown.close();
      onClick();
    };
    return true;
  } catch {
    // Browsers of telephones have the constructor, and refuse its use.
    return false;
  }
}
