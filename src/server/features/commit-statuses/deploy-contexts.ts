/** A deployment that a context stands for. */
export interface NamedDeployment {
  /** undefined: whichever environment it goes to. */
  readonly environment: string | undefined;
}

const placeholder = '{environment}';

/**
 * What a context says about a deployment by the configured patterns, such as `deploy` or `deploy/{environment}`: undefined
 * where it is about none. Patterns are compared without regard to case; the environment keeps its own.
 */
export function deploymentNamed(patterns: readonly string[], context: string): NamedDeployment | undefined {
  for (const pattern of patterns) {
    const environment = match(pattern, context);
    if (environment !== undefined) return { environment: environment === '' ? undefined : environment };
  }
  return undefined;
}

/** The text in the placeholder's stead, empty where the pattern has none; undefined where it does not fit. */
function match(pattern: string, context: string): string | undefined {
  const at = pattern.indexOf(placeholder);
  const told = context.toLowerCase();
  if (at === -1) return pattern.toLowerCase() === told ? '' : undefined;
  const before = pattern.slice(0, at).toLowerCase();
  const after = pattern.slice(at + placeholder.length).toLowerCase();
  const fits = told.startsWith(before) && told.endsWith(after) && told.length > before.length + after.length;
  return fits ? context.slice(before.length, context.length - after.length) : undefined;
}
