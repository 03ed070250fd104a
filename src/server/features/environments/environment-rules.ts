import type { FieldError } from '../../errors.ts';
import type { Environment } from './environment-types.ts';

const longest = { name: 255, externalUrl: 255, description: 10_000, kubernetesNamespace: 63, fluxResourcePath: 255 };
const namespaceForm = /^[a-z](?:[a-z0-9-]*[a-z0-9])?$/;
/** Links by which a page could be made to run code. */
const unsafeSchemes = ['javascript', 'data', 'vbscript'];

type Described = Pick<
  Environment,
  'externalUrl' | 'description' | 'clusterAgentId' | 'kubernetesNamespace' | 'fluxResourcePath'
>;

/** An environment may be called what a report may call it. */
export function nameFaults(name: string): FieldError[] {
  if (name.trim() === '') return [{ pointer: '/name', message: "can't be blank" }];
  return faults([[name.length > longest.name, '/name', tooLong(longest.name)]]);
}

/** What is wrong with an environment as it would be after a change. */
export function environmentFaults(environment: Described): FieldError[] {
  const { externalUrl, description, clusterAgentId, kubernetesNamespace, fluxResourcePath } = environment;
  const urlFault = externalUrl === null ? undefined : urlFaultOf(externalUrl);
  const namespaceRule =
    "can contain only lowercase letters, digits, and '-'. Must start with a letter, and cannot end with '-'";
  return faults([
    [length(externalUrl) > longest.externalUrl, '/external_url', tooLong(longest.externalUrl)],
    [urlFault !== undefined, '/external_url', urlFault ?? ''],
    [length(description) > longest.description, '/description', tooLong(longest.description)],
    [
      length(kubernetesNamespace) > longest.kubernetesNamespace,
      '/kubernetes_namespace',
      tooLong(longest.kubernetesNamespace),
    ],
    [kubernetesNamespace !== null && !namespaceForm.test(kubernetesNamespace), '/kubernetes_namespace', namespaceRule],
    [
      kubernetesNamespace !== null && clusterAgentId === null,
      '/kubernetes_namespace',
      'cannot be set without a cluster agent',
    ],
    [length(fluxResourcePath) > longest.fluxResourcePath, '/flux_resource_path', tooLong(longest.fluxResourcePath)],
    [
      fluxResourcePath !== null && kubernetesNamespace === null,
      '/flux_resource_path',
      'cannot be set without a kubernetes namespace',
    ],
  ]);
}

/** A link, or a host without a scheme. */
function urlFaultOf(url: string): string | undefined {
  // Browsers leave out tabs and line ends, and blanks before the scheme.
  const compact = [...url].filter((character) => character > ' ').join('');
  const scheme = /^([a-z][a-z0-9+.-]*):(?!\d)/i.exec(compact)?.[1]?.toLowerCase();
  if (scheme && unsafeSchemes.includes(scheme)) return `${scheme} scheme is not allowed`;
  const isUrl = compact === url && URL.canParse(scheme ? url : `https://${url}`);
  return isUrl ? undefined : 'URI is invalid';
}

function tooLong(characters: number): string {
  return `is too long (maximum is ${characters} characters)`;
}

function length(text: string | null): number {
  return text === null ? 0 : [...text].length;
}

function faults(rules: readonly (readonly [wrong: boolean, pointer: string, message: string])[]): FieldError[] {
  return rules.flatMap(([wrong, pointer, message]) => (wrong ? [{ pointer, message }] : []));
}
