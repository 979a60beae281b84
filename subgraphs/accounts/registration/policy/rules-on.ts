import { stepsOf } from '../machine.ts';
import { compulsoryRows, deviceRows, fineRows, openingRows, placeRows, priceRows } from './answers.ts';
import { changeRows } from './changes.ts';
import { validOn } from './dated.ts';
import { deadlineOn, deadlineRows } from './deadlines.ts';
import { levelRows } from './levels.ts';
import { servicesOn } from './services.ts';
import { termsOn } from './terms.ts';

/** What everybody is told of registering, as of a legal day: null where nothing held then. */
export function rulesOn(day: string) {
  const [compulsory = null] = validOn(compulsoryRows, day);
  const [fine = null] = validOn(fineRows, day);
  const [price = null] = validOn(priceRows, day);
  return {
    on: day,
    compulsory,
    fine,
    price,
    activation: deadlineOn('ACTIVATION', day),
    levels: validOn(levelRows, day),
    deadlines: validOn(deadlineRows, day).filter(({ code }) => code !== 'ACTIVATION'),
    changes: validOn(changeRows, day).map((row) => ({
      ...row,
      steps: [
        ...stepsOf({
          purpose: row.purpose,
          kind: 'CITIZEN',
          channel: 'APP',
          openedBy: row.byOldNumber ? 'the owner' : null,
        }),
      ],
    })),
    opens: validOn(openingRows, day),
    services: servicesOn(day),
    places: validOn(placeRows, day),
    devices: deviceRows,
    terms: termsOn(day),
  };
}
