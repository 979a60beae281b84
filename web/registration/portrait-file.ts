/** The largest picture that is sent, in bytes: a portrait of a camera is far below. */
export const largestPortraitBytes = 400_000;

/** Why a file cannot be a portrait. */
export type PortraitFileFault = 'notAnImage' | 'tooLarge';

/** Whether a chosen file can be sent, by its type and size; the server looks at the picture itself. */
export function portraitFileFault({
  type,
  size,
}: {
  readonly type: string;
  readonly size: number;
}): PortraitFileFault | null {
  if (type !== 'image/jpeg' && type !== 'image/png') return 'notAnImage';
  return size > largestPortraitBytes ? 'tooLarge' : null;
}

/** A picture as the wire has it: base64 of its bytes. */
export async function base64Of(picture: Blob): Promise<string> {
  const bytes = new Uint8Array(await picture.arrayBuffer());
  let text = '';
  for (let at = 0; at < bytes.length; at += chunk)
    text += String.fromCharCode(...bytes.subarray(at, at + chunk));
  return btoa(text);
}

/** As many arguments as every engine takes. */
const chunk = 8192;
