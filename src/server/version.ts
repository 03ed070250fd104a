declare const SHIPLOG_VERSION: string | undefined;

/** The version in package.json; the build writes it in. */
export const version: string = typeof SHIPLOG_VERSION === 'string' ? SHIPLOG_VERSION : '0.0.0-dev';
