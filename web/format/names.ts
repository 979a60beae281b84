/** The name one is called by: the last word of a Vietnamese name. Foreign names keep all of theirs. */
export function callName(fullName: string, isForeigner: boolean): string {
  return isForeigner ? fullName : (fullName.trim().split(/\s+/).at(-1) ?? fullName);
}

/** Whether two registries wrote the same name, whatever the case, the spacing or the form of the marks. */
export function isSameName(one: string, other: string): boolean {
  return plain(one) === plain(other);
}

function plain(name: string): string {
  return name.normalize('NFC').trim().replace(/\s+/g, ' ').toLocaleLowerCase('vi');
}
