import { useCallback, useMemo, useState } from 'react';
import { type Camera, type CameraUse, pictureNow, useCamera } from '../camera/use-camera.ts';
import { captureQuality, type CaptureQualityCode } from '../face/capture-quality.ts';

/** The front camera, looked through for what spoils a portrait. */
export interface PortraitCamera extends Camera {
  /** What is wrong with the picture just now; null before the first look. */
  readonly faults: readonly CaptureQualityCode[] | null;
  /** The picture as it is now, JPEG; null where there is none. */
  readonly take: () => Promise<Blob | null>;
}

const betweenLooksMs = 400;
const lookedAtSide = 240;
const takenSide = 720;
const jpegQuality = 0.9;

/** Opens the front camera; no picture is sent before its owner says to use it. */
export function usePortraitCamera(): PortraitCamera {
  const [faults, setFaults] = useState<readonly CaptureQualityCode[] | null>(null);
  const use = useMemo<CameraUse>(
    () => ({
      picture: { facingMode: { ideal: 'user' }, width: { ideal: 1280 } },
      betweenLooksMs,
      onLook: (video) => {
        const picture = pictureNow(video, lookedAtSide, document.createElement('canvas'));
        if (picture !== null) setFaults(captureQuality(picture).map(({ code }) => code));
      },
    }),
    [],
  );
  const camera = useCamera(use);
  const { video, stop: off } = camera;
  const stop = useCallback(() => {
    setFaults(null);
    off();
  }, [off]);
  const take = useCallback(async (): Promise<Blob | null> => {
    const canvas = document.createElement('canvas');
    if (video.current === null || pictureNow(video.current, takenSide, canvas) === null) return null;
    return new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', jpegQuality));
  }, [video]);
  return { ...camera, stop, faults, take };
}
