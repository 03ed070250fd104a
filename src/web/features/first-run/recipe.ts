export interface RecipeSetting {
  readonly name: string;
  /** Where the tool keeps it; absent: in the environment. */
  readonly where: string | undefined;
  /** What it is set to, in words. */
  readonly to: string;
}

export interface Recipe {
  readonly settings: readonly RecipeSetting[];
  readonly code: string;
  readonly notes: readonly string[];
}

/** The address that the recipes are printed with. */
const printedOrigin = 'https://shiplog.example.com';

/**
 * What the page shows of a recipe of docs/recipes: the table of what to set, the first block of code with this server's
 * address in it, and the notes below it.
 */
export function readRecipe(markdown: string, origin: string): Recipe {
  const [before = '', code = '', after = ''] = markdown.split(/^```\w*\n|^```$/m);
  const rows = before.split('\n').filter((line) => line.startsWith('| `'));
  const [list = ''] = after.split(/\n\n(?!- )/).filter((part) => part.trimStart().startsWith('- '));
  return {
    settings: rows.map(readSetting),
    code: code.trimEnd().replaceAll(printedOrigin, origin),
    notes: list
      .trim()
      .split(/\n(?=- )/)
      .map((note) => plain(note.replace(/^- /, '').replace(/\s*\n\s*/g, ' ')))
      .filter((note) => note !== ''),
  };
}

function readSetting(row: string): RecipeSetting {
  const cells = row.split('|').slice(1, -1);
  const [name = '', ...rest] = cells.map((cell) => cell.trim());
  const [where, to] = rest.length > 1 ? rest : [undefined, rest[0]];
  return { name: name.replaceAll('`', ''), where: where && plain(where), to: plain(to ?? '') };
}

/** Links by their text alone: they lead to other documents. */
function plain(text: string): string {
  return text.replace(/\[([^\]]+)\]\([^)]*\)/g, '$1');
}
