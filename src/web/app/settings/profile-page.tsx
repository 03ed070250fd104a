import { lazy, Suspense, useState } from 'react';
import { ProfileView } from '../../features/profile/profile-view.tsx';
import { PageTitle } from '../../ui/page-title.tsx';

const ChangePasswordDialog = lazy(() =>
  import('../../features/session/change-password-dialog.tsx').then((file) => ({ default: file.ChangePasswordDialog })),
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
      {asksPassword ? (
        <Suspense fallback={null}>
          <ChangePasswordDialog onClose={() => setAsksPassword(false)} />
        </Suspense>
      ) : null}
    </>
  );
}
