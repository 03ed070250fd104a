import { expect, test } from 'vitest';
import { editsLeft } from './edits-left.ts';

interface Draft {
  readonly name?: string;
  readonly about?: string;
}

test('of the edits of a form, those that were saved go, and those made meanwhile stay', () => {
  const sent: Draft = { name: 'Checkout' };
  expect(editsLeft(sent, sent)).toEqual({});
  expect(editsLeft<Draft>({ name: 'Checkout', about: 'Takes orders.' }, sent)).toEqual({ about: 'Takes orders.' });
  expect(editsLeft<Draft>({ name: 'Checkout 2' }, sent)).toEqual({ name: 'Checkout 2' });
});
