import { Link, useRouterState } from '@tanstack/react-router';
import { buttonLook } from '../ui/button.tsx';
import { EmptyNotice } from '../ui/notice.tsx';

/** Tells whoever is not signed in what they would see, and leads to it by way of the sign-in. */
export function SignInNotice({ children }: { children: string }) {
  return (
    <EmptyNotice title="Nobody is signed in">
      <p className="pb-4">{children}</p>
      <SignInLink />
    </EmptyNotice>
  );
}

/** Leads to the sign-in, and from there back here. */
export function SignInLink() {
  const here = useRouterState({ select: ({ location }) => location.href });
  return (
    <Link to="/sign-in" search={{ next: here }} className={buttonLook('primary')}>
      Sign in
    </Link>
  );
}
