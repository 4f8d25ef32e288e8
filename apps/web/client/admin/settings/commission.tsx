import { useState, type ReactElement } from 'react';
import { browserApi, type AnswerOf } from '../../api/client.ts';
import { useFormats, useText } from '../../i18n/use-text.tsx';
import { TextField } from '../../kit/field.tsx';
import { useFieldWords } from '../../kit/use-failure.ts';
import { bodyOf, useLoaded } from '../../kit/use-request.ts';
import { Person } from '../people/user-parts.tsx';
import { basisPointsOf, percentOf, RuleForm, RulesPage, type Editing } from './frame.tsx';

type Rule = AnswerOf<'/api/v1/commission-rules', 'get'>['items'][number];

const names = ['rate_basis_points', 'tax_rate_basis_points', 'jurisdiction'];

const Form = ({ row, isBusy, failure, save }: Editing<Rule>): ReactElement => {
  const say = useText();
  const words = useFieldWords(failure);
  const [rate, setRate] = useState(row ? percentOf(row.rate_basis_points) : '');
  const [tax, setTax] = useState(row ? percentOf(row.tax_rate_basis_points) : '0');
  const [jurisdiction, setJurisdiction] = useState(row?.jurisdiction ?? 'CO');
  const write = async (): Promise<unknown> => {
    const body = {
      rate_basis_points: basisPointsOf(rate),
      tax_rate_basis_points: basisPointsOf(tax),
      jurisdiction,
    };
    if (!row) return bodyOf(browserApi().POST('/api/v1/commission-rules', { body }), names);
    const init = {
      params: { path: { id: row.id } },
      headers: { 'if-match': `"${row.version}"` },
      body: {
        ...body,
        seller_id: row.seller_id,
        category_id: row.category_id,
        fixed: row.fixed,
        valid_from: row.valid_from,
      },
    };
    return bodyOf(browserApi().PUT('/api/v1/commission-rules/{id}', init), names);
  };
  return (
    <RuleForm failure={failure} isBusy={isBusy} onSave={() => save(write)}>
      <TextField
        name="rate_basis_points"
        label={say('commission.rate')}
        hint={say('commission.rateHint')}
        inputMode="decimal"
        autoComplete="off"
        error={words['rate_basis_points']}
        value={rate}
        onChange={({ target }) => setRate(target.value)}
      />
      <TextField
        name="tax_rate_basis_points"
        label={say('commission.tax')}
        hint={say('commission.taxHint')}
        inputMode="decimal"
        autoComplete="off"
        error={words['tax_rate_basis_points']}
        value={tax}
        onChange={({ target }) => setTax(target.value)}
      />
      <TextField
        name="jurisdiction"
        label={say('tax.jurisdiction')}
        hint={say('tax.jurisdiction.hint')}
        autoComplete="off"
        error={words['jurisdiction']}
        value={jurisdiction}
        onChange={({ target }) => setJurisdiction(target.value)}
      />
    </RuleForm>
  );
};

export const Component = (): ReactElement => {
  const say = useText();
  const { date, money } = useFormats();
  const rules = useLoaded(['admin', 'commission-rules'], (signal) =>
    browserApi().GET('/api/v1/commission-rules', { params: { query: { limit: 100 } }, signal }),
  );
  const nameOf = (rule: Rule): string =>
    say('commission.name', { percent: rule.rate_basis_points / 100 });
  return (
    <RulesPage<Rule>
      name="commission"
      stale="commission-rules"
      of={rules}
      columns={[
        { key: 'rate', title: say('commission.rate'), cell: nameOf },
        {
          key: 'fixed',
          title: say('commission.fixed'),
          cell: ({ fixed }) =>
            fixed.length === 0
              ? '–'
              : fixed.map(({ amount, currency }) => money(amount, currency)).join(' · '),
        },
        {
          key: 'for',
          title: say('commission.for'),
          phone: 'end',
          cell: (rule) =>
            rule.seller_id !== null ? (
              <Person id={rule.seller_id} />
            ) : (
              say(rule.category_id === null ? 'commission.all' : 'commission.category')
            ),
        },
        { key: 'from', title: say('tax.from'), cell: (rule) => date(rule.valid_from) },
      ]}
      rowKey={({ id }) => id}
      rowName={nameOf}
      form={(editing) => <Form {...editing} />}
      remove={(row) =>
        bodyOf(
          browserApi().DELETE('/api/v1/commission-rules/{id}', {
            params: { path: { id: row.id } },
            headers: { 'if-match': `"${row.version}"` },
          }),
        )
      }
    />
  );
};
