import { invalid, ShiplogFault } from '../../errors.ts';

interface Told {
  readonly username?: string | undefined;
  readonly email?: string | undefined;
  readonly password?: string | undefined;
}

/** Throws `validation_failed` for what no user can have. */
export function refuseUser({ username, email, password }: Told): void {
  const wrong: readonly (readonly [boolean, string, string])[] = [
    [
      username !== undefined && !/^[a-zA-Z0-9][a-zA-Z0-9._-]{0,63}$/.test(username),
      '/username',
      "must have at most 64 letters, digits, '_', '-' and '.', and start with a letter or digit",
    ],
    [email !== undefined && (!/^[^\s@]+@[^\s@]+$/.test(email) || email.length > 254), '/email', 'is invalid'],
    [password !== undefined && password.length < 10, '/password', 'is too short (minimum is 10 characters)'],
    [password !== undefined && password.length > 256, '/password', 'is too long (maximum is 256 characters)'],
  ];
  const fields = wrong.flatMap(([holds, pointer, message]) => (holds ? [{ pointer, message }] : []));
  if (fields.length > 0) throw invalid(fields);
}

/** `username` or `email` belongs to somebody else. */
export function taken(fields: readonly string[]): ShiplogFault {
  const [first = ''] = fields;
  return new ShiplogFault('conflict', `${first === 'email' ? 'Email' : 'Username'} has already been taken`, {
    fields: fields.map((field) => ({ pointer: `/${field}`, message: 'is taken' })),
  });
}
