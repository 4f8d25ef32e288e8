import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { causes, chooseCauses, isFixed, withDefaults, type Choice } from './causes.ts';

const off = (cause: Choice['cause']): Choice => ({ cause, byMail: false, inApp: false });

describe('what people want to be told', () => {
  it('is everything, unless they chose otherwise', () => {
    const all = withDefaults([off('order_shipped')]);
    assert.deepEqual(
      all.map(({ cause }) => cause),
      causes,
    );
    assert.deepEqual(
      all.filter(({ byMail, inApp }) => !byMail || !inApp),
      [off('order_shipped')],
    );
  });

  it('always includes the security of their account', () => {
    assert.deepEqual(causes.filter(isFixed), ['security']);
    const fixed = { code: 'notifications.cause_fixed' };
    assert.throws(() => chooseCauses([off('security')]), fixed);
    assert.throws(() => chooseCauses([{ cause: 'security', byMail: true, inApp: false }]), fixed);
    const given = [{ cause: 'security', byMail: true, inApp: true } as const, off('order_paid')];
    assert.deepEqual(chooseCauses(given), [off('order_paid')]);
  });

  it('names a cause once', () => {
    assert.throws(() => chooseCauses([off('order_paid'), off('order_paid')]), {
      code: 'notifications.cause_twice',
    });
  });
});
