import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { PasswordChange, Session, SignIn } from '../../../contract/access.ts';
import { invalid, ShiplogFault } from '../../errors.ts';
import { type SessionService, sessionLifeMs } from '../../features/sessions/session-service.ts';
import { sessionCookie } from '../../http/authentication.ts';
import { sendEmpty } from '../../http/empty-answer.ts';
import type { TypedApp } from '../../http/typed-app.ts';
import { anonymous, type Principal } from '../../principal.ts';
import { problems } from './native-api.ts';

interface SessionOptions {
  readonly publicRead: boolean;
  /** People come by https, even where the last step to this server is plain. */
  readonly https: boolean;
  /** Told when what a cookie may do has changed. */
  readonly onChange: () => void;
}

export function registerSessionRoutes(
  app: TypedApp,
  sessions: SessionService,
  { publicRead, https, onChange }: SessionOptions,
): void {
  const view = (principal: Principal): Session => ({
    signed_in: principal !== anonymous,
    public_read: publicRead,
    name: principal.name,
    username: principal.username,
    scopes: [...principal.scopes],
    password_change_required: principal.mustChangePassword,
  });

  app.get('/api/session', {
    config: { access: 'public', identifies: true },
    schema: { summary: 'Who is asking', tags: ['session'], response: { 200: Session, ...problems } },
    handler: async ({ principal }) => view(principal),
  });

  app.post('/api/session', {
    config: { access: 'public', identifies: true, signIn: true },
    schema: { summary: 'Sign in', tags: ['session'], body: SignIn, response: { 200: Session, ...problems } },
    handler: async ({ body, headers }, reply) => {
      const { username, password, token } = body;
      const agent = headers['user-agent'];
      if (token === undefined && (username === undefined || password === undefined)) {
        throw invalid([{ pointer: '', message: 'needs username and password, or token' }]);
      }
      const { id, principal } =
        token === undefined
          ? await sessions.signInByPassword(username ?? '', password ?? '', agent)
          : await sessions.signInByToken(token, agent);
      setCookie(reply, id, https || reply.request.protocol === 'https');
      return view(principal);
    },
  });

  app.put('/api/session/password', {
    config: { access: 'signed-in', beforePasswordChange: true, signIn: true },
    schema: {
      summary: 'Change the password',
      tags: ['session'],
      body: PasswordChange,
      response: { 200: Session, ...problems },
    },
    handler: async (request) => {
      const id = cookieOf(request);
      await sessions.changePassword(id, request.principal, request.body.current_password, request.body.new_password);
      onChange();
      return view((await sessions.principalOf(id)) ?? anonymous);
    },
  });

  app.delete('/api/session', {
    config: { access: 'public', identifies: true },
    schema: { summary: 'Sign out', tags: ['session'], response: { 204: Type.Null(), ...problems } },
    handler: async ({ cookies }, reply) => {
      const id = cookies[sessionCookie];
      if (id !== undefined) await sessions.signOut(id);
      onChange();
      return sendEmpty(reply.clearCookie(sessionCookie, { path: '/' }), 204);
    },
  });
}

function cookieOf({ cookies }: FastifyRequest): string {
  const id = cookies[sessionCookie];
  if (id === undefined) throw new ShiplogFault('forbidden', 'Passwords are changed by signing in, not by token.');
  return id;
}

function setCookie(reply: FastifyReply, id: string, secure: boolean): void {
  reply.setCookie(sessionCookie, id, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure,
    maxAge: sessionLifeMs / 1000,
  });
}
