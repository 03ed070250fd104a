import type { Random } from './random.ts';

/** What the changes of a service are about: two plurals. Services that are not here have no repository. */
const subjects: Readonly<Record<string, readonly [string, string]>> = {
  ledger: ['bookings', 'balances'],
  'payment-gateway': ['captures', 'card tokens'],
  'fraud-check': ['risk scores', 'blocked cards'],
  payouts: ['payout runs', 'bank accounts'],
  invoicing: ['invoices', 'credit notes'],
  refunds: ['refunds', 'chargebacks'],
  'card-vault': ['stored cards', 'encryption keys'],
  cart: ['carts', 'line items'],
  'checkout-web': ['address forms', 'payment steps'],
  pricing: ['price lists', 'discounts'],
  promotions: ['vouchers', 'campaigns'],
  tax: ['tax rates', 'exemptions'],
  'shipping-quotes': ['carrier quotes', 'delivery windows'],
  'search-api': ['queries', 'facets'],
  indexer: ['index jobs', 'documents'],
  suggest: ['suggestions', 'typing errors'],
  ranking: ['ranking signals', 'click counts'],
  catalogue: ['products', 'categories'],
  login: ['sign-ins', 'one-time codes'],
  accounts: ['accounts', 'email addresses'],
  sessions: ['sessions', 'refresh tokens'],
  permissions: ['roles', 'grants'],
  consent: ['consents', 'cookie choices'],
  profile: ['profiles', 'avatars'],
  'api-gateway': ['routes', 'rate limits'],
  notifications: ['push messages', 'subscriptions'],
  'feature-flags': ['flags', 'rollouts'],
  scheduler: ['schedules', 'missed runs'],
  'file-store': ['uploads', 'signed links'],
  'audit-trail': ['audit entries', 'exports of the trail'],
  mailer: ['templates', 'bounces'],
  webhooks: ['deliveries', 'endpoints'],
  'events-pipeline': ['event batches', 'late events'],
  'warehouse-loader': ['load jobs', 'partitions'],
  reports: ['reports', 'scheduled exports'],
  recommendations: ['recommendations', 'purchase histories'],
  'metrics-api': ['time series', 'dashboards'],
  exports: ['export files', 'download links'],
  'web-shop': ['product pages', 'landing pages'],
  'mobile-api': ['app sessions', 'push settings'],
  content: ['articles', 'teasers'],
  reviews: ['reviews', 'star ratings'],
  'image-resizer': ['thumbnails', 'source images'],
};

const works: readonly ((subject: string) => string)[] = [
  (subject) => `Cache ${subject} for a minute`,
  (subject) => `Page through ${subject} by cursor`,
  (subject) => `Reject ${subject} without an owner`,
  (subject) => `Log why ${subject} are refused`,
  (subject) => `Read ${subject} from the replica`,
  (subject) => `Retry ${subject} that time out`,
  (subject) => `Show when ${subject} were last changed`,
  (subject) => `Index ${subject} by date`,
  (subject) => `Delete ${subject} after 90 days`,
  (subject) => `Count ${subject} for the dashboard`,
  (subject) => `Validate ${subject} before they are stored`,
  (subject) => `Load ${subject} in one query`,
  (subject) => `Let support search ${subject}`,
  (subject) => `Send an event when ${subject} change`,
  (subject) => `Move ${subject} to the new schema`,
  (subject) => `Test ${subject} with an empty answer`,
];

const fixes: readonly ((subject: string) => string)[] = [
  (subject) => `Fix ${subject} that are stored twice`,
  (subject) => `Stop losing ${subject} on restart`,
  (subject) => `Fix the time zone of ${subject}`,
  (subject) => `Do not fail when ${subject} are missing`,
  (subject) => `Close the connection after reading ${subject}`,
  (subject) => `Fix a deadlock between ${subject}`,
];

const libraries = ['the HTTP client', 'the JSON parser', 'the database driver', 'the base image', 'the test runner'];

export type ChangeKind = 'work' | 'fix' | 'update';

/** Whether the demo knows what a service does, and so what its changes are about. */
export function isDescribed(service: string): boolean {
  return subjects[service] !== undefined;
}

/** What somebody would call a change of the service. */
export function changeTitle(service: string, kind: ChangeKind, random: Random): string {
  if (kind === 'update') return `Update ${random.pick(libraries)} to ${random.integer(2, 9)}.${random.integer(0, 30)}`;
  const subject = random.pick(subjects[service] ?? [service]) ?? service;
  const title = random.pick(kind === 'fix' ? fixes : works);
  return title?.(subject) ?? subject;
}
