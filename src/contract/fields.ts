import { Type } from 'typebox';
import { text } from './deployment-event.ts';
import { limits } from './limits.ts';
import { tiers } from './tiers.ts';

/** What many requests and answers are made of. */
export const moment = Type.String({ format: 'date-time' });
export const tier = Type.Unsafe<(typeof tiers)[number]>({ type: 'string', enum: [...tiers] });
export const projectReference = text(
  limits.namespace + limits.service + 1,
  'Its path, `group/name`, or its number. A slash in the name of a service may be written `~1`.',
);
