import type { ReactElement } from 'react';
import { useText } from '../../i18n/use-text.tsx';
import { ButtonLink } from '../../kit/button.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { Facts } from './page.tsx';
import type { Opening, TableColumn } from './table-parts.tsx';

/** All that the list knows of a row, without leaving it. */
export const QuickView = <Row,>({
  row,
  columns,
  rowName,
  opening,
  onClose,
}: Readonly<{
  row: Row | undefined;
  columns: readonly TableColumn<Row>[];
  rowName: (row: Row) => string;
  opening: Opening<Row> | undefined;
  onClose: () => void;
}>): ReactElement => {
  const say = useText();
  return (
    <Dialog
      isOpen={row !== undefined}
      onClose={onClose}
      title={row === undefined ? '' : rowName(row)}
      side="end"
    >
      {row !== undefined && (
        <div className="flex flex-col items-start gap-6">
          <Facts of={columns.map(({ title, cell }) => [title, cell(row)])} />
          {opening && 'to' in opening && (
            <ButtonLink to={opening.to(row)} kind="filled" size={40}>
              {say('table.open')}
            </ButtonLink>
          )}
        </div>
      )}
    </Dialog>
  );
};
