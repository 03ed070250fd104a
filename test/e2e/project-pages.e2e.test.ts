import { lookAt } from './scenes/look-at.ts';
import { projectScenes } from './scenes/project-scenes.ts';

lookAt({ project: projectScenes });
