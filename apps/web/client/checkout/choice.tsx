import { useId, type ReactElement, type ReactNode } from 'react';

/** One of several, as a line that is its own target. */
export const Choice = ({
  name,
  value,
  title,
  end,
  isChosen,
  onChoose,
  children,
}: Readonly<{
  name: string;
  value: string;
  title: ReactNode;
  end?: ReactNode;
  isChosen: boolean;
  onChoose: () => void;
  children?: ReactNode;
}>): ReactElement => {
  const id = useId();
  return (
    <label
      htmlFor={id}
      className={`flex min-h-11 cursor-pointer items-start gap-3 rounded-card border bg-surface p-4 ${isChosen ? 'border-primary' : 'border-control hover:border-text-2'}`}
    >
      <input
        id={id}
        type="radio"
        name={name}
        value={value}
        checked={isChosen}
        onChange={onChoose}
        className="mt-0.5 size-4.5 shrink-0 accent-primary-fill"
      />
      <span className="flex min-w-0 flex-1 flex-col gap-0.5">
        <span className="flex flex-wrap items-baseline justify-between gap-x-4">
          <span className="text-body font-medium">{title}</span>
          {end !== undefined && <span className="tabular text-body font-semibold">{end}</span>}
        </span>
        {children !== undefined && <span className="text-small text-text-2">{children}</span>}
      </span>
    </label>
  );
};
