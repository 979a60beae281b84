/** The largest picture the server takes, in bytes. */
export const largestPortraitBytes = 64 * 1024;
/** The largest file that is looked at here: a telephone's photograph is below. */
export const largestFileBytes = 20_000_000;

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
  return size > largestFileBytes ? 'tooLarge' : null;
}

/** Width of what is sent, and how well it is kept: tried in this order until it is small enough. */
const tries = [
  { width: 480, quality: 0.9 },
  { width: 480, quality: 0.75 },
  { width: 360, quality: 0.75 },
] as const;

/** A picture small enough to be sent, as JPEG; null where it cannot be read. */
export async function portraitOf(picture: Blob): Promise<Blob | null> {
  const bitmap = await createImageBitmap(picture).catch(() => null);
  if (bitmap === null) return null;
  for (const { width, quality } of tries) {
    const small = await drawn(bitmap, width, quality);
    if (small !== null && small.size <= largestPortraitBytes) return small;
  }
  return null;
}

async function drawn(bitmap: ImageBitmap, width: number, quality: number): Promise<Blob | null> {
  const scale = Math.min(1, width / bitmap.width);
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(bitmap.width * scale);
  canvas.height = Math.round(bitmap.height * scale);
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', quality));
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
