import { useState, type ReactElement } from 'react';
import { browserApi, type AnswerOf } from '../../api/client.ts';
import { useFormats, useText } from '../../i18n/use-text.tsx';
import { TextField } from '../../kit/field.tsx';
import { useWordOr } from '../../office/coded.ts';
import { useFieldWords } from '../../kit/use-failure.ts';
import { bodyOf, useLoaded } from '../../kit/use-request.ts';
import { basisPointsOf, percentOf, RuleForm, RulesPage, type Editing } from './frame.tsx';

type Rate = AnswerOf<'/api/v1/tax-rates', 'get'>['items'][number];

const names = ['jurisdiction', 'tax_class', 'code', 'rate_basis_points'];

const Form = ({ row, isBusy, failure, save }: Editing<Rate>): ReactElement => {
  const say = useText();
  const words = useFieldWords(failure);
  const [typed, setTyped] = useState({
    jurisdiction: row?.jurisdiction ?? 'CO',
    tax_class: row?.tax_class ?? 'standard',
    code: row?.code ?? '',
    rate: row ? percentOf(row.rate_basis_points) : '',
  });
  const write = async (): Promise<unknown> => {
    const { rate, ...rest } = typed;
    const body = { ...rest, rate_basis_points: basisPointsOf(rate) };
    if (!row) return bodyOf(browserApi().POST('/api/v1/tax-rates', { body }), names);
    const init = {
      params: { path: { id: row.id } },
      headers: { 'if-match': `"${row.version}"` },
      body: { ...body, valid_from: row.valid_from },
    };
    return bodyOf(browserApi().PUT('/api/v1/tax-rates/{id}', init), names);
  };
  const field = (name: keyof typeof typed) => ({
    name: name === 'rate' ? 'rate_basis_points' : name,
    label: say(`tax.${name}`),
    hint: say(`tax.${name}.hint`),
    error: words[name === 'rate' ? 'rate_basis_points' : name],
    autoComplete: 'off',
    value: typed[name],
    onChange: ({ target }: { target: HTMLInputElement }) =>
      setTyped({ ...typed, [name]: target.value }),
  });
  return (
    <RuleForm failure={failure} isBusy={isBusy} onSave={() => save(write)}>
      <TextField {...field('code')} />
      <TextField {...field('rate')} inputMode="decimal" />
      <TextField {...field('tax_class')} />
      <TextField {...field('jurisdiction')} />
    </RuleForm>
  );
};

export const Component = (): ReactElement => {
  const say = useText();
  const word = useWordOr();
  const { date } = useFormats();
  const rates = useLoaded(['admin', 'tax-rates'], (signal) =>
    browserApi().GET('/api/v1/tax-rates', { params: { query: { limit: 100 } }, signal }),
  );
  return (
    <RulesPage<Rate>
      name="taxes"
      stale="tax-rates"
      of={rates}
      columns={[
        { key: 'code', title: say('tax.code'), cell: ({ code }) => code },
        {
          key: 'rate',
          title: say('tax.rate'),
          isNumber: true,
          phone: 'end',
          cell: ({ rate_basis_points: points }) =>
            say('settings.percent', { percent: points / 100 }),
        },
        {
          key: 'class',
          title: say('tax.tax_class'),
          cell: (row) => word(`tax.class.${row.tax_class}`, row.tax_class),
        },
        { key: 'where', title: say('tax.jurisdiction'), cell: (row) => row.jurisdiction },
        { key: 'from', title: say('tax.from'), cell: (row) => date(row.valid_from) },
      ]}
      rowKey={({ id }) => id}
      rowName={({ code }) => code}
      form={(editing) => <Form {...editing} />}
      remove={(row) =>
        bodyOf(
          browserApi().DELETE('/api/v1/tax-rates/{id}', {
            params: { path: { id: row.id } },
            headers: { 'if-match': `"${row.version}"` },
          }),
        )
      }
    />
  );
};
