import { projectAt } from '../../../contract/project-path.ts';
import { shellWord } from '../../lib/shell-text.ts';

/** How the languages of the recipes set a variable to a text, by the sign between them. */
const literals: Readonly<Record<string, (text: string) => string>> = {
  // A string of JSON is one of YAML.
  ': ': JSON.stringify,
  ' = ': (text) => `'${text.replace(/[\\']/g, String.raw`\$&`)}'`,
  '=': shellWord,
};

/** A recipe's code for the project with a path in place of the one that the documentation names: the service `checkout`. */
export function recipeForProject(code: string, path: string): string {
  const { namespace, service } = projectAt(path);
  const own = code.replace('"$CI_PROJECT_NAME"', '"$SERVICE"');
  // GitLab's recipe takes the name of GitLab's project, which need not be this one.
  const named = own === code ? code : `variables:\n  SERVICE: checkout\n\n${own}`;
  return named
    .replace(/^( *)SERVICE(: | = |=)'?checkout'?$/m, (_, indent: string, sign: string) => {
      const set = (name: string, text: string) => `${indent}${name}${sign}${literals[sign]?.(text)}`;
      return [...(namespace === '' ? [] : [set('NAMESPACE', namespace)]), set('SERVICE', service)].join('\n');
    })
    .replace(/^( *)"service": "\$SERVICE",$/m, (line, indent: string) =>
      namespace === '' ? line : `${indent}"namespace": "$NAMESPACE",\n${line}`,
    );
}
