import { gatesScenes } from './scenes/gates-scenes.ts';
import { hooksScenes } from './scenes/hooks-scenes.ts';
import { incomingScenes } from './scenes/incoming-scenes.ts';
import { lookAt } from './scenes/look-at.ts';
import { repositoryScenes } from './scenes/repository-scenes.ts';

lookAt({
  webhooks: hooksScenes,
  incoming: incomingScenes,
  gates: gatesScenes,
  repository: repositoryScenes,
});
