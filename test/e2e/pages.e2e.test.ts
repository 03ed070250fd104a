import { activityScenes } from './scenes/activity-scenes.ts';
import { changesScenes } from './scenes/changes-scenes.ts';
import { deploymentScenes } from './scenes/deployment-scenes.ts';
import { lookAt } from './scenes/look-at.ts';
import { matrixScenes } from './scenes/matrix-scenes.ts';

lookAt({
  matrix: matrixScenes,
  activity: activityScenes,
  changes: changesScenes,
  deployments: deploymentScenes,
});
