import { queryOptions } from '@tanstack/react-query';
import { readRecipe } from './recipe.ts';
import { type RecipeKey, recipes } from './tools.ts';

/** One recipe of the documentation, which comes with the page. */
export function recipeQuery(tool: RecipeKey) {
  return queryOptions({
    queryKey: ['recipe', tool],
    queryFn: async () => readRecipe((await recipes[tool].load()).default, location.origin),
    staleTime: Number.POSITIVE_INFINITY,
  });
}
