import { accountScenes } from './scenes/account-scenes.ts';
import { auditScenes } from './scenes/audit-scenes.ts';
import { firstStepsScenes } from './scenes/first-steps-scenes.ts';
import { lookAt } from './scenes/look-at.ts';
import { peopleScenes } from './scenes/people-scenes.ts';

lookAt({
  account: accountScenes,
  audit: auditScenes,
  'first steps': firstStepsScenes,
  people: peopleScenes,
});
