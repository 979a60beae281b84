import { useState } from 'react';
import { legalDay } from '../format/dates.ts';

/** The day it is in Viet Nam, as of when a part of the screen appeared. */
export function useToday(): string {
  const [today] = useState(() => legalDay(new Date()));
  return today;
}
