import decodeQR from 'qr/decode.js';
import { useMemo } from 'react';
import { type Camera, type CameraUse, pictureNow, useCamera } from '../camera/use-camera.ts';

/** As often as a rotating code needs it, and no phone grows warm of. */
const betweenLooksMs = 150;
/** Enough for the largest code of ours across half the picture. */
const longestSide = 960;

/** Looks for QR codes with the camera, the one at the back where there are two. */
export function useScanner(onText: (text: string) => void): Camera {
  const use = useMemo<CameraUse>(
    () => ({
      picture: { facingMode: { ideal: 'environment' }, width: { ideal: 1280 }, height: { ideal: 720 } },
      betweenLooksMs,
      onLook: (video) => {
        const text = codeIn(video);
        if (text !== null) onText(text);
      },
    }),
    [onText],
  );
  return useCamera(use);
}

const canvas = { current: null as HTMLCanvasElement | null };

/** What a code in the picture says; null while there is none to be read. */
function codeIn(video: HTMLVideoElement): string | null {
  canvas.current ??= document.createElement('canvas');
  const picture = pictureNow(video, longestSide, canvas.current);
  if (picture === null) return null;
  try {
    return decodeQR(picture);
  } catch {
    // No code in this picture: the next one comes at once.
    return null;
  }
}
