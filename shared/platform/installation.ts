import { placeOfCountry } from '../kernel/shop-places.ts';
import type { Config } from './config.ts';
import { keepSettings, readKeptSettings, type SetupChoice } from './kept-settings.ts';

/** An installation that can still become the shop of another country. */
export interface Installation {
  /** The operator has said by the environment which currency it has. */
  readonly isCurrencyFixed: boolean;
  /** A choice is being taken over, so the shop will begin anew. */
  isPreparing(): boolean;
  /**
   * Keeps what was chosen, so that a crash cannot lose it, before there is an administrator. `begin`
   * has it taken over; `undo` keeps what was before. Undefined: it is so already.
   */
  choose(
    choice: SetupChoice,
  ): Promise<Readonly<{ begin: () => void; undo: () => Promise<void> }> | undefined>;
}

type Running = Pick<Config, 'currency' | 'timeZone' | 'taxJurisdiction' | 'dataDirectory'>;

/** Whether a shop of this country runs in another way than this one does. */
export const isOtherPlace = (country: string, running: Omit<Running, 'dataDirectory'>): boolean => {
  const place = placeOfCountry(country);
  return (
    place !== undefined &&
    (place.currency !== running.currency ||
      place.timeZone !== running.timeZone ||
      place.country !== running.taxJurisdiction)
  );
};

/** As who takes choices over has it. */
export type OwnInstallation = Installation & Readonly<{ settle: () => void }>;

/** Over the data folder; `onChosen` is who takes a choice over. */
export const createInstallation = (
  options: Readonly<{
    config: Running;
    isCurrencyFixed: boolean;
    onChosen: () => void;
  }>,
): OwnInstallation => {
  const { config, isCurrencyFixed, onChosen } = options;
  const { dataDirectory } = config;
  let isPreparing = readKeptSettings(dataDirectory).wanted !== null;
  return {
    isCurrencyFixed,
    isPreparing: () => isPreparing,
    settle: () => {
      isPreparing = false;
    },
    async choose(choice) {
      if (choice.withExample && !isOtherPlace(choice.country, config)) return undefined;
      const before = readKeptSettings(dataDirectory);
      await keepSettings(dataDirectory, { ...before, wanted: choice });
      return {
        begin: () => {
          isPreparing = true;
          onChosen();
        },
        undo: () => keepSettings(dataDirectory, before),
      };
    },
  };
};
