import { type Law, perFile } from './law.ts';

/** What must still be done is an issue; what is there is done. */
export const noNotesToSelf: Law = {
  name: 'no-notes-to-self',
  sentence: 'No TODO, FIXME, XXX or HACK in a comment: do it, or file it where others see it.',
  check: perFile(({ path, comments }) =>
    comments.flatMap(({ text, line }) => {
      const note = /\b(TODO|FIXME|XXX|HACK)\b/.exec(text);
      return note === null ? [] : [{ file: path, line, found: note[0] }];
    }),
  ),
};
