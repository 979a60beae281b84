/** A plate as it is drawn: the series above or before, the number below or after. */
export interface PlateFace {
  /** `30A`, `59X1`. */
  readonly series: string;
  /** `123.45`, or the old `1234`. */
  readonly number: string;
  /** Motorcycles carry two lines; cars are shown with the long plate. */
  readonly lines: 1 | 2;
}

/** The face of a formatted plate (`30A-123.45`); text of another form stands whole on one line. */
export function plateFace(plate: string, isMotorcycle: boolean): PlateFace {
  const parts = /^([\p{Lu}\d]{2,6})-([\d.]{3,7})$/u.exec(plate);
  if (parts?.[1] === undefined || parts[2] === undefined) return { series: plate, number: '', lines: 1 };
  return { series: parts[1], number: parts[2], lines: isMotorcycle ? 2 : 1 };
}
