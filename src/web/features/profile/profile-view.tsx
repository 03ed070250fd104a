import { useQuery } from '@tanstack/react-query';
import type { Profile } from '../../../contract/profile.ts';
import { usePageServices } from '../../lib/page-services.tsx';
import { RefusedNotice } from '../../lib/refused-notice.tsx';
import { useSession } from '../../lib/use-session.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Button } from '../../ui/button.tsx';
import { ListSkeleton } from '../../ui/list-skeleton.tsx';
import { PageSection } from '../../ui/page.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { Tag } from '../../ui/tag.tsx';
import { NameForm } from './name-form.tsx';
import { profileQuery } from './profile-query.ts';
import { SessionSection } from './session-section.tsx';
import { ThemeField } from './theme-field.tsx';

/** Who the reader is, how the page looks to them, and where they are signed in. */
export function ProfileView({ onChangePassword }: { onChangePassword: () => void }) {
  const { client } = usePageServices();
  const session = useSession();
  const profile = useQuery(profileQuery(client));
  if (profile.isPending) return <ListSkeleton label="Loading your profile" rows={3} />;
  if (!profile.data) {
    return (
      <RefusedNotice
        what="profile"
        onlyFor="people with an account"
        reading
        error={profile.error}
        onRetry={() => profile.refetch()}
      />
    );
  }
  const isPerson = !profile.data.bot;
  return (
    <>
      <PageSection title="Profile">
        <div className="flex flex-col gap-5 px-4">
          <Head profile={profile.data} name={session?.name ?? profile.data.name} />
          {isPerson ? (
            <NameForm name={profile.data.name} />
          ) : (
            <p className="max-w-measure text-muted">
              You are signed in with a token that belongs to no person: it has no name to change and no password.
            </p>
          )}
        </div>
      </PageSection>
      {isPerson ? (
        <PageSection title="Password" about="Changing it ends all your other sessions. Tokens go on working.">
          <div className="px-4">
            <Button onClick={onChangePassword}>Change password</Button>
          </div>
        </PageSection>
      ) : null}
      <PageSection title="Appearance" about="Kept in this browser.">
        <div className="px-4">
          <ThemeField />
        </div>
      </PageSection>
      <SessionSection />
    </>
  );
}

function Head({ profile: { username, email, admin, bot, created_at }, name }: { profile: Profile; name: string }) {
  return (
    <div className="flex items-center gap-3">
      <Avatar name={name} size={32} />
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 font-medium">
          <span className="[overflow-wrap:anywhere]">{name}</span>
          {admin ? <Tag>Administrator</Tag> : null}
          {bot ? <Tag>Token</Tag> : null}
        </p>
        <p className="flex flex-wrap gap-x-2 text-sm text-muted">
          {bot ? null : <span className="[overflow-wrap:anywhere]">{username}</span>}
          {email === null ? null : <span className="[overflow-wrap:anywhere]">{email}</span>}
          <span>
            joined <RelativeTime at={created_at} />
          </span>
        </p>
      </div>
    </div>
  );
}
