import { useState } from 'react';
import { ProfileView } from '../../features/profile/profile-view.tsx';
import { lazyPart } from '../../lib/lazy-part.tsx';
import { PageTitle } from '../../ui/page-title.tsx';

const ChangePasswordDialog = lazyPart(
  'The form for a new password',
  async () => (await import('../../features/session/change-password-dialog.tsx')).ChangePasswordDialog,
);

/** The reader's own account. */
export function ProfilePage() {
  const [asksPassword, setAsksPassword] = useState(false);
  return (
    <>
      <PageTitle>Your profile</PageTitle>
      <div>
        <ProfileView onChangePassword={() => setAsksPassword(true)} />
      </div>
      {asksPassword ? <ChangePasswordDialog onClose={() => setAsksPassword(false)} /> : null}
    </>
  );
}
