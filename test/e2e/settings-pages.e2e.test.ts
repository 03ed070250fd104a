import { accountScenes } from './scenes/account-scenes.ts';
import { firstStepsScenes } from './scenes/first-steps-scenes.ts';
import { lookAt } from './scenes/look-at.ts';
import { peopleScenes } from './scenes/people-scenes.ts';

lookAt({
  account: accountScenes,
  'first steps': firstStepsScenes,
  people: peopleScenes,
});
