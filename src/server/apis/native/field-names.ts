import { invalid, ShiplogFault } from '../../errors.ts';

/**
 * Runs `work`, and lets its complaints about fields point to where this API has those fields: `names` says what a field
 * of the rules, such as `visibility_level`, is called in the body that was sent.
 */
export async function inFieldsOf<T>(names: Readonly<Record<string, string>>, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ShiplogFault) || error.code !== 'validation_failed') throw error;
    const fields = error.fields.map(({ pointer, message }) => {
      const name = names[pointer.slice(1)];
      return { pointer: name === undefined ? pointer : `/${name}`, message };
    });
    const isFirst = ({ pointer, message }: (typeof fields)[number], at: number) =>
      fields.findIndex((other) => other.pointer === pointer && other.message === message) === at;
    throw invalid(fields.filter(isFirst), error);
  }
}
