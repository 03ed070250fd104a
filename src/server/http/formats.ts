import { nativeStatuses, nativeStatusesPattern } from '../../contract/statuses.ts';
import { isStorable } from './storable-text.ts';

const dateTime =
  /^(\d{4})-(\d\d)-(\d\d)[Tt]([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?([Zz]|[+-]([01]\d|2[0-3]):[0-5]\d)$/;

/** RFC 3339 date-time with an offset, of a day that exists. */
function isDateTime(text: string): boolean {
  const [, year, month, day] = dateTime.exec(text) ?? [];
  if (year === undefined) return false;
  const midnight = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return midnight.getUTCMonth() === Number(month) - 1 && midnight.getUTCDate() === Number(day);
}

function isHttpUrl(text: string): boolean {
  return isStorable(text) && URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

/** The formats that the contract's schemas name, as the validator checks them. */
const formats: Readonly<Record<string, (text: string) => boolean>> = {
  text: (value) => isStorable(value) && value.trim() !== '',
  'text-or-empty': isStorable,
  'date-time': isDateTime,
  'http-url': isHttpUrl,
  position: (value) => /^\d{1,15}$/.test(value),
  digits: (value) => /^\d{1,10}$/.test(value) && Number(value) <= 2_147_483_647,
  'page-size': (value) => /^\d{1,3}$/.test(value) && Number(value) >= 1 && Number(value) <= 500,
};

/** Tells a validator of the formats above. */
export function addFormats(validator: { addFormat(name: string, format: (text: string) => boolean): unknown }): void {
  for (const [name, format] of Object.entries(formats)) validator.addFormat(name, format);
}

/** What a value should have been, for the messages of the validator. */
export const formatHints: Readonly<Record<string, string>> = {
  text: 'must be text that is not blank, without NUL and half characters',
  'text-or-empty': 'must be text without NUL and half characters',
  'date-time': 'must be an RFC 3339 date-time with an offset, such as 2026-05-30T10:00:00Z',
  'http-url': 'must be an http or https URL',
  position: 'must be the id of an event of the stream',
  digits: 'must be a whole number from 0 to 2147483647',
  'page-size': 'must be a whole number from 1 to 500',
};

/** The same of patterns. */
export const patternHints: Readonly<Record<string, string>> = {
  [nativeStatusesPattern]: `must be one of ${nativeStatuses.join(', ')}, or several with commas between them`,
};
