/** What a browser is called, by the first of these that its own long name holds: most of them claim to be others, too. */
const browsers: readonly (readonly [sign: string, name: string])[] = [
  ['Edg/', 'Edge'],
  ['OPR/', 'Opera'],
  ['Firefox/', 'Firefox'],
  ['FxiOS/', 'Firefox'],
  ['Chrome/', 'Chrome'],
  ['CriOS/', 'Chrome'],
  ['Safari/', 'Safari'],
  ['curl/', 'curl'],
];

const systems: readonly (readonly [sign: string, name: string])[] = [
  ['iPhone', 'iPhone'],
  ['iPad', 'iPad'],
  ['Android', 'Android'],
  ['Windows', 'Windows'],
  ['Mac OS', 'macOS'],
  ['CrOS', 'ChromeOS'],
  ['Linux', 'Linux'],
];

/** `Firefox on Linux`; what is not known keeps its own name. */
export function browserName(userAgent: string | null): string {
  if (userAgent === null || userAgent === '') return 'A browser that said no name';
  const known = (names: typeof browsers) => names.find(([sign]) => userAgent.includes(sign))?.[1];
  const [browser, system] = [known(browsers), known(systems)];
  if (browser === undefined) return userAgent;
  return system === undefined ? browser : `${browser} on ${system}`;
}
