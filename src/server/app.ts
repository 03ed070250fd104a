import cookie from '@fastify/cookie';
import swagger from '@fastify/swagger';
import Fastify, { type FastifyBaseLogger, LogController } from 'fastify';
import { limits } from '../contract/limits.ts';
import { sendAnswer as sendGitHubAnswer } from './apis/github/answer-errors.ts';
import { answerOf as gitHubAnswerOf } from './apis/github/answers.ts';
import { registerGitHubApi } from './apis/github/github-api.ts';
import { mount as gitHubMount, rewriteMount } from './apis/github/mounts.ts';
import { sendAnswer } from './apis/gitlab/answer-errors.ts';
import { answerOf } from './apis/gitlab/answers.ts';
import { registerGitLabApi } from './apis/gitlab/gitlab-api.ts';
import { withoutTrailingSlash } from './apis/gitlab/trailing-slash.ts';
import { registerIncomingRoutes } from './apis/incoming/incoming-routes.ts';
import { registerApprovalRoutes } from './apis/native/approval-routes.ts';
import { registerAuditRoutes } from './apis/native/audit-routes.ts';
import { registerChangeRoutes } from './apis/native/change-routes.ts';
import { registerDeploymentRoutes } from './apis/native/deployment-routes.ts';
import { registerFetcherRoutes } from './apis/native/fetcher-routes.ts';
import { registerFreezePeriodRoutes } from './apis/native/freeze-period-routes.ts';
import { registerGateRoutes } from './apis/native/gate-routes.ts';
import { registerGroupRoutes } from './apis/native/group-routes.ts';
import { registerHookDeliveryRoutes } from './apis/native/hook-delivery-routes.ts';
import { registerHookListRoutes, registerHookRoutes } from './apis/native/hook-routes.ts';
import { registerIncomingInboxRoutes } from './apis/native/incoming-routes.ts';
import { registerLineageRoutes } from './apis/native/lineage-routes.ts';
import { registerMatrixRoutes } from './apis/native/matrix-routes.ts';
import { registerMemberRoutes } from './apis/native/member-routes.ts';
import { registerProfileRoutes } from './apis/native/profile-routes.ts';
import { registerProjectEnvironmentRoutes } from './apis/native/project-environment-routes.ts';
import { registerProjectRoutes } from './apis/native/project-routes.ts';
import { registerProtectedEnvironmentRoutes } from './apis/native/protected-environment-routes.ts';
import { registerRepositoryRoutes } from './apis/native/repository-routes.ts';
import { registerRetentionRoutes } from './apis/native/retention-routes.ts';
import { registerServerRoutes } from './apis/native/server-routes.ts';
import { registerSessionRoutes } from './apis/native/session-routes.ts';
import { registerStreamRoutes } from './apis/native/stream-routes.ts';
import { registerTokenRoutes } from './apis/native/token-routes.ts';
import { registerUserRoutes } from './apis/native/user-routes.ts';
import { registerWhereRoutes } from './apis/native/where-routes.ts';
import type { Config } from './config.ts';
import type { Context } from './context.ts';
import { registerAuthentication } from './http/authentication.ts';
import { registerBodies } from './http/bodies.ts';
import { addFormats } from './http/formats.ts';
import { faultOf, logFault, refuseBrokenRequest, sendProblem } from './http/problem.ts';
import { registerRateLimits } from './http/rate-limits.ts';
import { registerSecurityHeaders } from './http/security-headers.ts';
import { registerStaticFiles, wantsPage } from './http/static-files.ts';
import type { TypedApp } from './http/typed-app.ts';
import { createRequestIdSource } from './ids.ts';
import { version } from './version.ts';

/** The HTTP server, not yet listening: plugins, error handlers and the explicit list of routes. */
export async function createApp(config: Config, context: Context, webRoot: string): Promise<TypedApp> {
  const app: TypedApp = Fastify({
    loggerInstance: context.logger as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    // One proxy: what stands further back in X-Forwarded-For is the client's own word, by which it could escape the limits.
    trustProxy: config.trustProxy && ((_, hop) => hop === 0),
    // A request whose body never ends would hold its connection for ever.
    requestTimeout: 120_000,
    bodyLimit: limits.bodyBytes,
    forceCloseConnections: 'idle',
    genReqId: createRequestIdSource(),
    // A logger for each request costs more than the few lines that name one; they name its id themselves.
    childLoggerFactory: (logger) => logger,
    // What comes by an open connection while the server stops is still answered, and the connection closed after it.
    return503OnClosing: false,
    clientErrorHandler: refuseBrokenRequest,
    // A path that cannot be read belongs to no route, and so to no dialect's error handler.
    frameworkErrors: (error, request, reply) => {
      // The page's router could not read it either: it says at another path that there is no such page.
      if (wantsPage(request)) return reply.redirect('/no-such-page');
      const fault = faultOf(error, () => false);
      if (request.url.startsWith(`${gitHubMount}/`)) return sendGitHubAnswer(reply, gitHubAnswerOf(fault, undefined));
      return request.url.startsWith('/api/v4/')
        ? sendAnswer(reply, answerOf(fault))
        : sendProblem(request, reply, fault);
    },
    rewriteUrl: ({ url = '/' }) => withoutTrailingSlash(rewriteMount(url)),
    // The longest name of a protected environment, or path of a project, in characters that take nine each.
    routerOptions: { maxParamLength: 2400, ignoreDuplicateSlashes: true },
    ajv: {
      customOptions: {
        removeAdditional: false,
        coerceTypes: false,
        useDefaults: false,
        allErrors: true,
      },
      // After Fastify's own formats, one of which it would check less strictly.
      onCreate: addFormats,
    },
  });
  app.setErrorHandler((error, request, reply) => {
    const fault = faultOf(error, context.database.isUnavailable);
    logFault(request, fault);
    return sendProblem(request, reply, fault);
  });
  app.addHook('onResponse', ({ method, routeOptions }, reply, done) => {
    context.metrics.observeRequest(method, routeOptions.url ?? 'none', reply.statusCode, reply.elapsedTime / 1000);
    done();
  });

  registerSecurityHeaders(app);
  await app.register(cookie);
  registerAuthentication(app, context.authenticator, config);
  await registerRateLimits(app, config.rateLimit);
  registerBodies(app);
  await app.register(swagger, {
    refResolver: {
      buildLocalReference: (schema, _baseUri, _fragment, index) => String(schema['$id'] ?? `schema-${index}`),
    },
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Shiplog',
        version,
        description: 'The native API: report deployments, read the matrix, follow the stream.',
      },
      components: { securitySchemes: { token: { type: 'apiKey', in: 'header', name: 'X-Api-Key' } } },
      security: [{ token: [] }],
    },
  });
  await app.register(async (routes: TypedApp) => {
    registerDeploymentRoutes(routes, context.deployments);
    registerLineageRoutes(routes, context.lives, context.lineages);
    registerApprovalRoutes(routes, context.approvals, context.inbox, context.effects);
    registerProtectedEnvironmentRoutes(routes, context);
    registerFreezePeriodRoutes(routes, context.projects, context.freezePeriods);
    registerGateRoutes(routes, context.projects, context.gateQuestions);
    registerIncomingInboxRoutes(routes, context.incoming.secrets, context.incoming.inbox);
    registerHookListRoutes(routes, context.projects, context.webhooks, context.deliveries);
    registerHookRoutes(routes, context.webhooks, context.deliveries);
    registerHookDeliveryRoutes(routes, context.webhooks, context.deliveries);
    registerMatrixRoutes(routes, context.matrix);
    registerChangeRoutes(routes, context.changeQueries, context.ladders, context.waitingChanges);
    registerWhereRoutes(routes, context.where, context.diffs, context.behind);
    registerProjectRoutes(routes, context.projects, context.groups);
    registerProjectEnvironmentRoutes(routes, context);
    registerAuditRoutes(routes, context);
    registerRepositoryRoutes(routes, context.repositories, () => context.repositoryWork.git.fault());
    registerRetentionRoutes(routes, context.retentionSettings);
    registerStreamRoutes(routes, context.streams);
    registerFetcherRoutes(routes, context.fetcherStates);
    registerSessionRoutes(routes, context.sessions, {
      publicRead: config.publicRead,
      https: config.publicUrl?.startsWith('https:') ?? false,
      onChange: () => context.authenticator.forget(),
    });
    registerTokenRoutes(routes, context.tokens, context.accessTokens, context);
    registerProfileRoutes(routes, context.directory, context.sessions, () => context.authenticator.forget());
    registerUserRoutes(routes, context.users, context.directory);
    registerGroupRoutes(routes, context.groups);
    registerMemberRoutes(routes, context);
    registerServerRoutes(routes, () => context.database.ping(), context.metrics);
    routes.get('/openapi.json', { config: { access: 'public' }, schema: { hide: true } }, async () => app.swagger());
  });
  await app.register(async (scope: TypedApp) => registerGitLabApi(scope, context, config), { prefix: '/api/v4' });
  await app.register(async (scope: TypedApp) => registerGitHubApi(scope, context, config), { prefix: gitHubMount });
  await app.register(async (scope: TypedApp) =>
    registerIncomingRoutes(scope, context.incoming.receiver, context.clock),
  );
  await registerStaticFiles(app, webRoot);
  return app;
}
