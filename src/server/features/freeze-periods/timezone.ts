/** Names of time zones that Rails gives, and GitLab's page therefore offers, for those of the IANA database. */
const railsNames: Readonly<Record<string, string>> = {
  Hawaii: 'Pacific/Honolulu',
  Alaska: 'America/Juneau',
  'Pacific Time (US & Canada)': 'America/Los_Angeles',
  Arizona: 'America/Phoenix',
  'Mountain Time (US & Canada)': 'America/Denver',
  'Central Time (US & Canada)': 'America/Chicago',
  'Eastern Time (US & Canada)': 'America/New_York',
  'Atlantic Time (Canada)': 'America/Halifax',
  Brasilia: 'America/Sao_Paulo',
  London: 'Europe/London',
  Dublin: 'Europe/Dublin',
  Lisbon: 'Europe/Lisbon',
  Amsterdam: 'Europe/Amsterdam',
  Berlin: 'Europe/Berlin',
  Madrid: 'Europe/Madrid',
  Paris: 'Europe/Paris',
  Rome: 'Europe/Rome',
  Stockholm: 'Europe/Stockholm',
  Vienna: 'Europe/Vienna',
  Warsaw: 'Europe/Warsaw',
  Athens: 'Europe/Athens',
  Kyiv: 'Europe/Kiev',
  Istanbul: 'Europe/Istanbul',
  Moscow: 'Europe/Moscow',
  'New Delhi': 'Asia/Kolkata',
  Singapore: 'Asia/Singapore',
  Beijing: 'Asia/Shanghai',
  'Hong Kong': 'Asia/Hong_Kong',
  Tokyo: 'Asia/Tokyo',
  Seoul: 'Asia/Seoul',
  Sydney: 'Australia/Sydney',
  Auckland: 'Pacific/Auckland',
};

const longestName = 64;

/** The zone of the IANA database that a name means, given as such or as Rails says it; undefined: none. */
export function timezoneOf(name: string): string | undefined {
  if (name.length > longestName) return undefined;
  const zone = Object.hasOwn(railsNames, name) ? (railsNames[name] ?? name) : name;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}
