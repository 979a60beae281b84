import type { RequestState } from './read-state.ts';

/** What every state is shown with. */
export interface StateProps {
  readonly handle: string;
  readonly state: RequestState;
  /** When the state runs out, by this browser's clock; null where it does not. */
  readonly endsAt: number | null;
  readonly onState: (state: RequestState) => void;
}
