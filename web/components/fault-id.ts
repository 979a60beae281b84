import { createContext, useContext } from 'react';

/** The id of the message of the form that a field stands in; undefined outside of one. */
export const FaultId = createContext<string | undefined>(undefined);

/** Where it is said what is wrong with a field, for its `aria-describedby`. */
export function useFaultId(): string | undefined {
  return useContext(FaultId);
}
