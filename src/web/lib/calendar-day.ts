/** A day of the reader's calendar as a URL and a date field have it, `2026-11-21`; undefined for any other text. */
export function dayOf(text: string | undefined): string | undefined {
  const isDay = text !== undefined && /^[12]\d{3}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text));
  return isDay ? text : undefined;
}

/** The beginning of a day of the reader's calendar, some days and milliseconds later, as the API takes moments. */
export function momentOf(day: string, days: number, ms: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(new Date(year, month - 1, date + days).getTime() + ms).toISOString();
}
