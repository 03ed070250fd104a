import { Type } from 'typebox';
import { text } from './deployment-event.ts';
import { limits } from './limits.ts';
import { tiers } from './tiers.ts';

/** What many requests and answers are made of. */
export const moment = Type.String({ format: 'date-time' });
export const tier = Type.Unsafe<(typeof tiers)[number]>({ type: 'string', enum: [...tiers] });
export const projectReference = text(
  limits.path,
  'Its path, `group/name`, or its number. In the path, a slash within the name of a service is written `~1`.',
);
