import { openReader, readerPort } from './chips/open-reader.ts';
import type { ChipKeys } from './chips/chip-keys.ts';
import type { OpenReader, ReaderStart } from './chips/open-reader.ts';
import type { KeyFolder } from './keys.ts';
import { listening } from './listening.ts';
import { deskPort, openDesk } from './open-desk.ts';
import type { DeskOptions, OpenDesk } from './open-desk.ts';
import type { Undo } from './undo.ts';

/** What the programs beside the services need of the rest. */
export interface BesideSurroundings {
  readonly keys: KeyFolder;
  readonly chips: ChipKeys;
  /** The gateway's origin as browsers know it, once it is known. */
  readonly publicUrl: () => string | null;
}

/** The programs for people to try the system with that run here. */
export interface Beside {
  readonly desk: OpenDesk | null;
  readonly reader: OpenReader | null;
}

/** Starts the desk and the reader of chips, where they are to run here, each an origin of its own. */
export async function openBeside(
  options: DeskOptions & ReaderStart,
  { keys, chips, publicUrl }: BesideSurroundings,
  undo: Undo,
): Promise<Beside> {
  const { roles, host } = options;
  const desk = roles.has('desk')
    ? await listening(host, 'desk', deskPort(options), () => openDesk(options, keys, publicUrl))
    : null;
  if (desk !== null) undo.add(desk.stop);
  const reader = roles.has('reader')
    ? await listening(host, 'reader', readerPort(options), () => openReader(options, chips, publicUrl))
    : null;
  if (reader !== null) undo.add(reader.stop);
  return { desk, reader };
}
