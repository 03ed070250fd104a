import { accessLevels } from '../../../contract/access-levels.ts';
import type { Parameter, Presence, Read } from './parameter.ts';
import { integer } from './parameters.ts';

const { guest, reporter, developer, maintainer, owner } = accessLevels;
const levels: readonly number[] = [guest, reporter, developer, maintainer, owner];

/** An access level that a member can have. GitLab's minimal access (5) and planner (15) are none here. */
export function accessLevel<const O extends Presence<number>>(
  options: O = {} as O, // without any, all are absent
): Parameter<Read<number, O>> {
  const any = integer(options);
  return {
    read: (given, name) => {
      const reading = any.read(given, name);
      const isWrong = 'value' in reading && typeof reading.value === 'number' && !levels.includes(reading.value);
      return isWrong ? { errors: [`${name} does not have a valid value`] } : reading;
    },
  };
}
