import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { projectAt, projectPath } from './project-path.ts';

describe('the path of a project', () => {
  test.each([
    [{ namespace: 'acme', service: 'checkout' }, 'acme/checkout'],
    [{ namespace: 'acme/shop', service: 'checkout' }, 'acme/shop/checkout'],
    [{ namespace: '', service: 'checkout' }, 'checkout'],
    [{ namespace: '', service: 'acme/checkout' }, 'acme~1checkout'],
    [{ namespace: 'acme', service: 'a/b~1c~' }, 'acme/a~1b~01c~'],
    [{ namespace: '', service: '100 %' }, '100 %'],
    [{ namespace: '', service: '42' }, '/42'],
    [{ namespace: '', service: '..' }, '/..'],
  ])('of %j is %s, and leads back to it', (project, path) => {
    expect(projectPath(project)).toBe(path);
    expect(projectAt(path)).toEqual(project);
  });

  test('means that project and no other, whatever its parts are called', () => {
    const part = fc.string({ unit: fc.constantFrom('a', '/', '~', '0', '1', '.'), maxLength: 8 });
    const service = part.filter((name) => name !== '');
    fc.assert(
      fc.property(fc.record({ namespace: part, service }), (project) => {
        expect(projectAt(projectPath(project))).toEqual(project);
      }),
    );
  });
});
