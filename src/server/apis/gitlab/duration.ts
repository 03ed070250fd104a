const secondMs = 1000;
const dayMs = 86_400 * secondMs;
/** A month is thirty days and a year a quarter of a day longer than 365, as GitLab counts. */
const units: readonly (readonly [form: RegExp, ms: number])[] = [
  [/^s(ec(ond)?s?)?$/, secondMs],
  [/^m(in(ute)?s?)?$/, 60 * secondMs],
  [/^h((ou)?rs?)?$/, 3600 * secondMs],
  [/^d(ays?)?$/, dayMs],
  [/^w((ee)?ks?)?$/, 7 * dayMs],
  [/^mo(n(th)?s?)?$/, 30 * dayMs],
  [/^y((ea)?rs?)?$/, 365.25 * dayMs],
];
const longestMs = 100 * 365.25 * dayMs;

/** Milliseconds of a time span as people write it: `1 week`, `2 days and 12 hours`, `90m`. undefined where it is none. */
export function durationMs(text: string): number | undefined {
  const parts = [...text.toLowerCase().matchAll(/(\d{1,9}(?:\.\d{1,9})?)\s*([a-z]+)/g)];
  const rest = text
    .toLowerCase()
    .replaceAll(/(\d{1,9}(?:\.\d{1,9})?)\s*([a-z]+)/g, '')
    .replaceAll(/\b(and|in)\b|[\s,]/g, '');
  if (parts.length === 0 || rest !== '') return undefined;
  let total = 0;
  for (const [, count, word = ''] of parts) {
    const unit = units.find(([form]) => form.test(word));
    if (!unit) return undefined;
    total += Number(count) * unit[1];
  }
  return total <= longestMs ? Math.round(total) : undefined;
}
