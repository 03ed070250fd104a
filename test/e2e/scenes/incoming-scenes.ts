import { fromGitHub, githubDeployment, githubStatus } from '../../support/incoming.ts';
import type { SceneArea } from './scene.ts';
import type { SceneWorld } from './scene-world.ts';

const project = 'commerce/checkout';
const path = `/projects/${encodeURIComponent(project)}/settings/incoming`;

/** A project with a secret for each tool, and webhooks that came to every end. */
async function prepare({ server }: SceneWorld): Promise<void> {
  const secret = 'a-secret-for-the-tools-of-checkout';
  const query = `?project=${encodeURIComponent(project)}`;
  for (const source of ['github', 'gitlab'] as const)
    await server.client.createIncomingSecret(project, { source, secret });
  for (const { event, body } of [
    { event: 'ping', body: { zen: 'Design for failure.' } },
    { event: 'deployment', body: githubDeployment(911, { environment: 'preview' }) },
    { event: 'deployment_status', body: githubStatus(911, 'success') },
    { event: 'workflow_run', body: githubDeployment(912) },
    { event: 'deployment', body: githubDeployment(913, { created_at: 'yesterday' }) },
  ])
    await fromGitHub(server, { event, body, secret, query });
  await server.context.incoming.applier.runOnce();
}

export const incomingScenes: SceneArea = {
  prepare,
  scenes: [
    {
      name: 'incoming webhooks',
      path,
      ready: (page) => page.getByRole('list', { name: 'Incoming webhooks' }).getByText('Kept').waitFor(),
    },
    {
      name: 'incoming webhook',
      path: `${path}?state=failed`,
      ready: async (page) => {
        await page.getByRole('list', { name: 'Incoming webhooks' }).getByRole('button').first().click();
        await page.getByRole('dialog').getByText('"created_at": "yesterday"').waitFor();
      },
    },
    {
      name: 'incoming set-up form',
      path,
      ready: async (page) => {
        await page.getByRole('button', { name: 'New secret' }).click();
        await page.getByRole('dialog').getByRole('checkbox', { name: 'Use a secret of my own' }).check();
      },
    },
    {
      name: 'incoming set-up',
      path: '/projects/data%2Fledger/settings/incoming',
      ready: async (page) => {
        // Made the first time it is looked at: from then on there is a list to add to.
        await page.getByRole('button', { name: /^(Set up GitLab|New secret)$/ }).click();
        await page.getByRole('dialog').getByRole('radio', { name: 'GitLab' }).check();
        await page.getByRole('button', { name: 'Make the secret' }).click();
        await page.getByRole('dialog').getByText('Waiting for the first webhook').waitFor();
      },
    },
    {
      name: 'no incoming webhook',
      path: '/projects/platform%2Fgateway/settings/incoming',
      ready: (page) => page.getByRole('heading', { name: 'No tool tells of platform/gateway yet' }).waitFor(),
    },
    {
      name: 'incoming webhooks refused',
      path,
      who: 'developer',
      ready: (page) => page.getByRole('heading', { name: 'Only maintainers of the project' }).waitFor(),
    },
  ],
};
