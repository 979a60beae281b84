/** No file holds what a merge that was left half done leaves in it. Pure. */

/** Spelled in two parts: this file is looked through too. */
const marks = ['<'.repeat(7), '>'.repeat(7)].map((mark) => `${mark} `);

/** A sentence for each line that begins with such a mark. */
export function mergeMarks(files: ReadonlyMap<string, string>): string[] {
  return [...files].flatMap(([path, text]) =>
    text
      .split('\n')
      .flatMap((line, index) =>
        marks.some((mark) => line.startsWith(mark))
          ? [`${path}:${index + 1} begins with the mark of a merge: settle which side stands.`]
          : [],
      ),
  );
}
